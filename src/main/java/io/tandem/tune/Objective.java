package io.tandem.tune;

import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TuningOutcome;
import io.tandem.graph.tuning.WarmStart;

/** What is minimised: a training as a function of a point. */
public interface Objective {
  /**
   * Trains with a point and differentiates.
   *
   * @param point coordinates of all tuned targets
   * @param tolerance to which a training to rest and its response are solved; others have none
   * @param start where such a training may begin
   */
  TuningOutcome evaluate(double[] point, double tolerance, WarmStart start);

  /** Where in a point each target lies. */
  TargetLayout layout();

  /**
   * Rows that an evaluation cost: training rows of every step, or of every pass of a training to
   * rest and its response, and validation rows.
   *
   * @param outcome of the evaluation
   */
  long examples(TuningOutcome outcome);
}
