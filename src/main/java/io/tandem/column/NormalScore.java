package io.tandem.column;

/**
 * Quantiles of the standard normal distribution, by algorithm AS 241 (Wichura 1988), to about 16
 * digits.
 */
final class NormalScore {
  private static final double CENTRAL = 0.425;
  private static final double CENTRAL_SHIFT = 0.180625;
  private static final double TAIL_SHIFT = 1.6;

  private static final double[] CENTRAL_ABOVE = {
    3.3871328727963666080e0,
    1.3314166789178437745e+2,
    1.9715909503065514427e+3,
    1.3731693765509461125e+4,
    4.5921953931549871457e+4,
    6.7265770927008700853e+4,
    3.3430575583588128105e+4,
    2.5090809287301226727e+3
  };
  private static final double[] CENTRAL_BELOW = {
    1,
    4.2313330701600911252e+1,
    6.8718700749205790830e+2,
    5.3941960214247511077e+3,
    2.1213794301586595867e+4,
    3.9307895800092710610e+4,
    2.8729085735721942674e+4,
    5.2264952788528545610e+3
  };
  private static final double[] TAIL_ABOVE = {
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4
  };
  private static final double[] TAIL_BELOW = {
    1,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9
  };

  private NormalScore() {}

  /**
   * The number that a standard normal variable is below with a probability.
   *
   * @param probability from 1e-10 to 1 - 1e-10
   */
  static double of(double probability) {
    double distance = probability - 0.5;
    if (Math.abs(distance) <= CENTRAL) {
      double r = CENTRAL_SHIFT - distance * distance;
      return distance * sum(CENTRAL_ABOVE, r) / sum(CENTRAL_BELOW, r);
    }
    double tail = distance < 0 ? probability : 1 - probability;
    double r = Math.sqrt(-Math.log(tail)) - TAIL_SHIFT;
    return Math.signum(distance) * sum(TAIL_ABOVE, r) / sum(TAIL_BELOW, r);
  }

  /** A polynomial, its constant first. */
  private static double sum(double[] factors, double x) {
    double sum = 0;
    for (int power = factors.length - 1; power >= 0; power--) {
      sum = sum * x + factors[power];
    }
    return sum;
  }
}
