package io.tandem.graph.joint.response;

/**
 * How one sample did.
 *
 * @param before validation loss with the shared weights, {@code R0}
 * @param after validation loss after the inner loop, {@code RK}
 * @param pathwise derivative of {@code after} by the continuous decisions, in their own units
 * @param gates derivatives of {@code before} and of {@code after - before} by the gates
 * @param dropped whether the inner loop diverged; {@code after} and {@code pathwise} then do not
 *     count
 */
public record SampleOutcome(
    double before, double after, double[] pathwise, GateDerivatives gates, boolean dropped) {
  /** An outcome without gates. */
  public SampleOutcome(double before, double after, double[] pathwise, boolean dropped) {
    this(before, after, pathwise, GateDerivatives.none(), dropped);
  }
}
