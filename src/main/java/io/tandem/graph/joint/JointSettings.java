package io.tandem.graph.joint;

/**
 * How the child teaches the controller.
 *
 * @param responseThrough by which way the weights depend on the policy
 * @param architectureGradient how architecture decisions learn
 * @param lookAhead which decisions learn from the response
 */
public record JointSettings(
    ResponseThrough responseThrough,
    ArchitectureGradient architectureGradient,
    LookAhead lookAhead) {
  /** All decisions learn from the response. */
  public JointSettings(ResponseThrough responseThrough, ArchitectureGradient architectureGradient) {
    this(responseThrough, architectureGradient, LookAhead.ALL);
  }

  /** Whether what is chosen passes a gate. */
  public boolean gates() {
    return architectureGradient == ArchitectureGradient.GATES;
  }
}
