package io.tandem.space;

/** The unconstrained coordinate in which a continuous hyperparameter is searched. */
public enum Scale {
  /** As is. */
  LINEAR,
  /** Natural logarithm, for quantities that act by their order of magnitude. */
  LOG,
  /** {@code log(x / (1 - x))}, for quantities in (0, 1) that act by their distance from 1. */
  LOGIT;

  /** Maps a value to the coordinate. */
  public double forward(double value) {
    return switch (this) {
      case LINEAR -> value;
      case LOG -> Math.log(value);
      case LOGIT -> Math.log(value / (1 - value));
    };
  }

  /**
   * The value at a share of the way from one end of a range to the other.
   *
   * @param range values; equal to its ends at 0 and 1, but for rounding
   * @param share in [0, 1]
   */
  public double at(Range range, double share) {
    if (range.isFixed()) {
      return range.min();
    }
    double low = forward(range.min());
    double value = inverse(low + (forward(range.max()) - low) * share);
    return Math.min(range.max(), Math.max(range.min(), value));
  }

  /**
   * The share of the way at which a value lies: what {@link #at} takes back.
   *
   * @param range not a fixed one
   * @param value in the range
   */
  public double share(Range range, double value) {
    double low = forward(range.min());
    return Math.min(1, Math.max(0, (forward(value) - low) / (forward(range.max()) - low)));
  }

  /**
   * The derivative of {@link #at} by the share; 0 where there is one value only.
   *
   * @param range values
   * @param value the value at that share
   */
  public double slope(Range range, double value) {
    if (range.isFixed()) {
      return 0;
    }
    double length = forward(range.max()) - forward(range.min());
    return switch (this) {
      case LINEAR -> length;
      case LOG -> length * value;
      case LOGIT -> length * value * (1 - value);
    };
  }

  /** Maps the coordinate back to the value. */
  public double inverse(double coordinate) {
    return switch (this) {
      case LINEAR -> coordinate;
      case LOG -> Math.exp(coordinate);
      case LOGIT -> 1 / (1 + Math.exp(-coordinate));
    };
  }
}
