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
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227
  };
  private static final double[] CENTRAL_BELOW = {
    1,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854
  };
  private static final double[] TAIL_ABOVE = {
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414
  };
  private static final double[] TAIL_BELOW = {
    1,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-09
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
