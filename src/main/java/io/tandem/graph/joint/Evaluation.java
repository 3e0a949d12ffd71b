package io.tandem.graph.joint;

import io.tandem.space.Goal;

/**
 * How a candidate does on a set of rows.
 *
 * @param loss mean cross-entropy
 * @param accuracy share of rows classified correctly, 0..1
 */
public record Evaluation(double loss, double accuracy) {
  /** What has not been measured. */
  public static Evaluation none() {
    return new Evaluation(Double.NaN, Double.NaN);
  }

  /** Whether the candidate was evaluated; one that diverged counts as evaluated. */
  public boolean isMeasured() {
    return !Double.isNaN(accuracy);
  }

  /** Whether the loss is a number: a diverged candidate's is not. */
  public boolean isFinite() {
    return Double.isFinite(loss);
  }

  /** Whether this is better: by the figure of a goal, or where that is equal with a lower loss. */
  public boolean isBetterThan(Evaluation other, Goal goal) {
    if (isFinite() != other.isFinite()) {
      return isFinite();
    }
    double figure = goal.figure(loss, accuracy);
    double against = goal.figure(other.loss, other.accuracy);
    return goal.isBetter(figure, against) || (figure == against && loss < other.loss);
  }
}
