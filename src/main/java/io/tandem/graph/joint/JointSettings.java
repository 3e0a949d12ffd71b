package io.tandem.graph.joint;

/**
 * How the child teaches the controller.
 *
 * @param responseThrough by which way the weights depend on the policy
 * @param architectureGradient how architecture decisions learn
 */
public record JointSettings(
    ResponseThrough responseThrough, ArchitectureGradient architectureGradient) {
  /** Whether what is chosen passes a gate. */
  public boolean gates() {
    return architectureGradient == ArchitectureGradient.GATES;
  }
}
