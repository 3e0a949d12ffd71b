package io.tandem.graph.joint;

import io.tandem.metric.Metric;
import java.util.Optional;

/**
 * How the child teaches the controller.
 *
 * @param responseThrough by which way the weights depend on the policy
 * @param architectureGradient how architecture decisions learn
 * @param lookAhead which decisions learn from the response
 * @param metric by which candidates are ranked on the validation part; empty for the calibrated
 *     loss
 */
public record JointSettings(
    ResponseThrough responseThrough,
    ArchitectureGradient architectureGradient,
    LookAhead lookAhead,
    Optional<Metric> metric) {
  /** All decisions learn from the response. */
  public JointSettings(ResponseThrough responseThrough, ArchitectureGradient architectureGradient) {
    this(responseThrough, architectureGradient, LookAhead.ALL, Optional.empty());
  }

  /** Whether what is chosen passes a gate. */
  public boolean gates() {
    return architectureGradient == ArchitectureGradient.GATES;
  }
}
