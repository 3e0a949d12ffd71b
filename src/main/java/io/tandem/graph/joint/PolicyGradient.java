package io.tandem.graph.joint;

import java.util.Arrays;
import java.util.List;

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
    double[] sum = new double[direct.length];
    sum(sum, 0, sum.length, 1);
    return Double.isFinite(inner(sum, sum));
  }

  /**
   * The sum of the parts, of which the response is scaled down to a norm.
   *
   * @param limit largest Euclidean norm of the response part of one controller
   * @param sizes how many numbers belong to each controller, in their order
   */
  double[] clipped(double limit, List<Long> sizes) {
    double[] sum = new double[direct.length];
    int from = 0;
    for (long size : sizes) {
      int to = (int) Math.min(sum.length, from + size);
      double[] own = Arrays.copyOfRange(response, from, to);
      double norm = Math.sqrt(inner(own, own));
      sum(sum, from, to, norm > limit ? limit / norm : 1);
      from = to;
    }
    return sum;
  }

  private void sum(double[] sum, int from, int to, double factor) {
    for (int index = from; index < to; index++) {
      sum[index] = direct[index] + factor * response[index] + regulariser[index];
    }
  }

  private static double inner(double[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }
}
