package io.tandem.graph.tuning;

import io.tandem.space.Scale;

/**
 * One hyperparameter of the training.
 *
 * @param target which
 * @param granularity how finely it is told apart; {@link Granularity#FIXED} is not tuned
 * @param scale the coordinate in which it moves
 * @param initial value at the start, of every element, in its unit
 * @param min smallest value that it may take
 * @param max largest value that it may take
 */
public record TargetSettings(
    Target target, Granularity granularity, Scale scale, double initial, double min, double max) {

  /** Checks that a tuned value starts in its range and that its coordinate is finite there. */
  public TargetSettings {
    if (!target.granularities().contains(granularity)) {
      throw new IllegalArgumentException(target.key() + " has no granularity " + granularity);
    }
    if (granularity != Granularity.FIXED
        && !(min <= initial
            && initial <= max
            && Double.isFinite(scale.forward(min))
            && Double.isFinite(scale.forward(max)))) {
      throw new IllegalArgumentException(target.key() + " does not start in its range");
    }
  }

  /** Whether it is tuned. */
  public boolean isTuned() {
    return granularity != Granularity.FIXED;
  }

  /** The nearest coordinate whose value is in the range. */
  public double project(double coordinate) {
    return Math.min(scale.forward(max), Math.max(scale.forward(min), coordinate));
  }
}
