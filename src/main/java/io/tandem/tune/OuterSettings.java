package io.tandem.tune;

/**
 * How the point moves along the hypergradient.
 *
 * @param steps outer steps
 * @param method the rule
 * @param learningRate step size of Adam, in coordinates, positive
 * @param beta1 decay of Adam's first moment, in [0, 1)
 * @param beta2 decay of Adam's second moment, in [0, 1)
 * @param epsilon term in Adam's denominator, positive
 * @param tolerance of HOAG at its first step, positive
 * @param decrease how that tolerance decreases
 */
public record OuterSettings(
    int steps,
    Method method,
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double tolerance,
    Decrease decrease) {

  /** A rule. */
  public enum Method {
    /** Adam (Kingma and Ba 2015). */
    ADAM,
    /** The adaptive step of HOAG (Pedregosa 2016). */
    HOAG
  }

  /** How a tolerance decreases with the outer step (Pedregosa 2016, section 5). */
  public enum Decrease {
    /** {@code 1/k²}. */
    QUADRATIC,
    /** {@code 1/k³}. */
    CUBIC,
    /** {@code 0.9^k}. */
    EXPONENTIAL
  }

  private static final double EXPONENTIAL_FACTOR = 0.9;

  /** The tolerance of an outer step, from 1 on. */
  public double toleranceAt(long step) {
    double k = (double) step;
    return tolerance
        * switch (decrease) {
          case QUADRATIC -> 1 / (k * k);
          case CUBIC -> 1 / (k * k * k);
          case EXPONENTIAL -> Math.pow(EXPONENTIAL_FACTOR, k);
        };
  }
}
