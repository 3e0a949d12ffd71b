package io.tandem.outcome;

/**
 * How the error of a predicted number counts, in standard deviations of the training part.
 *
 * @param kind which function of the error
 * @param delta error from which on {@link Kind#HUBER} is linear, positive
 */
public record RegressionLoss(Kind kind, double delta) {
  /** The functions. */
  public enum Kind {
    /** The square. */
    SQUARED,
    /** The absolute value. */
    ABSOLUTE,
    /** Half the square up to {@code delta} and linear beyond (Huber 1964, equation 2.5). */
    HUBER
  }

  /** Checks the number. */
  public RegressionLoss {
    if (!(delta > 0 && Double.isFinite(delta))) {
      throw new IllegalArgumentException("delta " + delta + " is not positive");
    }
  }

  /** The squared error. */
  public static RegressionLoss squared() {
    return new RegressionLoss(Kind.SQUARED, 1);
  }

  /**
   * The loss of an error.
   *
   * @param error predicted minus true value, in standard deviations
   */
  public double of(double error) {
    double size = Math.abs(error);
    double near = Math.min(size, delta);
    return switch (kind) {
      case SQUARED -> error * error;
      case ABSOLUTE -> size;
      case HUBER -> near * (size - near / 2);
    };
  }
}
