package io.tandem.graph.joint.policy;

/**
 * Coefficients of the probability of every architecture choice, {@code [M][columns]}: the surrogate
 * gets {@code Σ coefficient · p(choice)}, whose derivative is that of a gate {@code 1 + p - sg(p)}
 * on what was chosen (straight-through: Bengio et al. 2013).
 *
 * @param direct what belongs to the direct gradient
 * @param response what belongs to the response gradient
 */
public record GateFeedback(double[][] direct, double[][] response) {
  /** The direct part alone. */
  GateFeedback directPart() {
    return new GateFeedback(direct, zeros(response));
  }

  /** The response part alone. */
  GateFeedback responsePart() {
    return new GateFeedback(zeros(direct), response);
  }

  /** Nothing of either. */
  GateFeedback noPart() {
    return new GateFeedback(zeros(direct), zeros(response));
  }

  /** The sum of the parts. */
  double[][] sum() {
    double[][] sum = zeros(direct);
    for (int m = 0; m < sum.length; m++) {
      for (int column = 0; column < sum[m].length; column++) {
        sum[m][column] = direct[m][column] + response[m][column];
      }
    }
    return sum;
  }

  private static double[][] zeros(double[][] like) {
    return new double[like.length][like.length == 0 ? 0 : like[0].length];
  }
}
