package io.tandem.audit;

import io.tandem.graph.hypergradient.ResponseSettings;
import java.util.List;

/**
 * How estimators are judged.
 *
 * @param samples trainings with other batches and initial weights, at least 2
 * @param bound largest relative error and bias of an estimator that may be chosen, positive
 * @param difference half the width of a central difference, in coordinates, positive
 * @param estimators those that are judged, those that need little memory first
 * @param steps training steps where the problem has no horizon of its own, positive
 */
public record AuditSettings(
    int samples, double bound, double difference, List<ResponseSettings> estimators, int steps) {
  /** Checks the ranges. */
  public AuditSettings {
    estimators = List.copyOf(estimators);
    if (samples < 2 || !(bound > 0) || !(difference > 0) || steps < 1) {
      throw new IllegalArgumentException("a setting of the audit is out of its range");
    }
  }
}
