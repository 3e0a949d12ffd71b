package io.tandem.graph.joint;

import io.tandem.space.Choices;
import java.util.List;

/**
 * What the controller learns from a batch of {@code M} samples: the coefficients of the surrogate
 * whose gradient is the estimate of ∇J (method A: each sample has an inner loop of its own).
 *
 * @param samples the choices made, in order
 * @param seed the seed they were drawn with
 * @param step the step they were drawn with
 * @param direct coefficients of {@code log π(a)}, {@code [M]}
 * @param response coefficients of {@code log π(a, h_discrete)}, {@code [M]}
 * @param density coefficients of the log-density of the continuous decisions, {@code [M]}; zero
 *     where they are learned pathwise
 * @param pathwise derivative of the loss by every continuous decision, {@code [M][continuous]}
 */
public record PolicyFeedback(
    List<Choices> samples,
    long seed,
    long step,
    double[] direct,
    double[] response,
    double[] density,
    double[][] pathwise) {

  /**
   * The samples with no coefficients.
   *
   * @param samples the choices made
   * @param continuous number of continuous decisions
   */
  static PolicyFeedback none(List<Choices> samples, int continuous) {
    int count = samples.size();
    return new PolicyFeedback(
        samples,
        0,
        0,
        new double[count],
        new double[count],
        new double[count],
        new double[count][continuous]);
  }

  /** What belongs to the direct gradient alone. */
  PolicyFeedback directPart() {
    int count = samples.size();
    return new PolicyFeedback(
        samples,
        seed,
        step,
        direct,
        new double[count],
        new double[count],
        new double[count][continuous()]);
  }

  /** What belongs to the response gradient alone. */
  PolicyFeedback responsePart() {
    return new PolicyFeedback(
        samples, seed, step, new double[samples.size()], response, density, pathwise);
  }

  /** The same samples without coefficients. */
  PolicyFeedback noPart() {
    PolicyFeedback empty = none(samples, continuous());
    return new PolicyFeedback(
        samples, seed, step, empty.direct, empty.response, empty.density, empty.pathwise);
  }

  private int continuous() {
    return pathwise.length == 0 ? 0 : pathwise[0].length;
  }
}
