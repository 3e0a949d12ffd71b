package io.tandem.tune;

import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TuningOutcome;

/** What is minimised: a training as a function of a point. */
public interface Objective {
  /**
   * Trains with a point and differentiates.
   *
   * @param point coordinates of all tuned targets
   * @param tolerance to which an implicit estimator is solved; others are exact
   */
  TuningOutcome evaluate(double[] point, double tolerance);

  /** Where in a point each target lies. */
  TargetLayout layout();

  /** Rows that one evaluation costs: training rows of every step and validation rows. */
  long examples();
}
