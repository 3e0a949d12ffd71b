package io.tandem.space;

/**
 * The values that a continuous hyperparameter may take; a range of one value is fixed.
 *
 * @param min smallest value
 * @param max largest value, at least {@code min}
 */
public record Range(double min, double max) {
  /** Checks that the range is finite and in order. */
  public Range {
    if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
      throw new IllegalArgumentException("range " + min + ".." + max + " is not in order");
    }
  }

  /** A range that holds one value only. */
  public static Range fixed(double value) {
    return new Range(value, value);
  }

  /** Whether there is nothing to search. */
  public boolean isFixed() {
    return min == max;
  }
}
