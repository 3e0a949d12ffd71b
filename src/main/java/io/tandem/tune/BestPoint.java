package io.tandem.tune;

import io.tandem.graph.tuning.TuningOutcome;

/**
 * A point with what its training came to.
 *
 * @param step outer steps done before it
 * @param loss outer loss
 * @param accuracy validation accuracy, 0..1
 * @param point its coordinates
 * @param gradient hypergradient there
 * @param curve training loss before every step
 */
public record BestPoint(
    long step, double loss, double accuracy, double[] point, double[] gradient, double[] curve) {
  static BestPoint of(long step, double[] point, TuningOutcome outcome) {
    return new BestPoint(
        step,
        outcome.outerLoss(),
        outcome.accuracy(),
        point,
        outcome.total(),
        outcome.learningCurve());
  }
}
