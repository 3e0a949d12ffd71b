package io.tandem.graph.joint;

/**
 * The gradient of the controller's surrogate by all of its parameters, end to end, in parts.
 *
 * @param direct what the architectures' losses before any inner step contribute
 * @param response what training contributes
 * @param regulariser what the entropy bonus and the skip penalty contribute
 * @param entropy mean entropy of the samples' decisions, nats
 */
public record PolicyGradient(
    double[] direct, double[] response, double[] regulariser, double entropy) {
  /** Euclidean norm of the direct part. */
  double directNorm() {
    return Math.sqrt(inner(direct, direct));
  }

  /** Euclidean norm of the response part. */
  double responseNorm() {
    return Math.sqrt(inner(response, response));
  }

  /** Cosine between direct and response; 0 if one of them is 0 or not finite. */
  double cosine() {
    double product = directNorm() * responseNorm();
    return product > 0 && Double.isFinite(product) ? inner(direct, response) / product : 0;
  }

  /** Whether every number is finite. */
  boolean isFinite() {
    double[] sum = sum(1);
    return Double.isFinite(inner(sum, sum));
  }

  /**
   * The sum of the parts, of which the response is scaled down to a norm.
   *
   * @param limit largest Euclidean norm of the response part
   */
  double[] clipped(double limit) {
    return sum(responseNorm() > limit ? limit / responseNorm() : 1);
  }

  private double[] sum(double factor) {
    double[] sum = new double[direct.length];
    for (int index = 0; index < sum.length; index++) {
      sum[index] = direct[index] + factor * response[index] + regulariser[index];
    }
    return sum;
  }

  private static double inner(double[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }
}
