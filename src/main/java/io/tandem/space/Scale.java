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

  /** Maps the coordinate back to the value. */
  public double inverse(double coordinate) {
    return switch (this) {
      case LINEAR -> coordinate;
      case LOG -> Math.exp(coordinate);
      case LOGIT -> 1 / (1 + Math.exp(-coordinate));
    };
  }
}
