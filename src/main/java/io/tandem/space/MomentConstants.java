package io.tandem.space;

/**
 * Constants of the families with a second moment, where a candidate has its own.
 *
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon term in the denominator, positive
 */
public record MomentConstants(double beta2, double epsilon) {
  /** Checks the ranges. */
  public MomentConstants {
    if (!(beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
      throw new IllegalArgumentException("beta2 or epsilon is out of its range");
    }
  }
}
