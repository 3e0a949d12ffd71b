package io.tandem.graph.joint;

import io.tandem.space.Choices;
import java.util.List;

/**
 * Method A, the sampled response: turns the outcomes of a batch into an unbiased estimate of the
 * gradient of {@code J(θ) = E[L_V(a, w_K(λ))]}, direct and response apart:
 *
 * <pre>
 *   direct    Σ weight (R0 - b0) ∇log π(a)
 *   response  Σ weight (RK - R0 - b1) ∇log π(a, h_discrete) + Σ weight ∂RK/∂h · ∂h/∂θ
 * </pre>
 *
 * <p>The baselines are leave-one-out means over the other samples, which leave the expectation as
 * it is. A dropped sample counts as a response of {@code +penalty}.
 */
public final class SampledResponse {
  private SampledResponse() {}

  /**
   * Estimates by sampling: equal weights, leave-one-out baselines.
   *
   * @param samples choices made
   * @param outcomes how each did
   * @param penalty loss added to a sample that diverged
   * @param seed seed of the samples
   * @param step step of the samples
   */
  public static PolicyFeedback estimate(
      List<Choices> samples, List<SampleOutcome> outcomes, double penalty, long seed, long step) {
    int count = outcomes.size();
    double[] direct = new double[count];
    double[] response = new double[count];
    double[][] pathwise = new double[count][];
    for (int m = 0; m < count; m++) {
      SampleOutcome outcome = outcomes.get(m);
      direct[m] = outcome.before();
      response[m] = outcome.dropped() ? penalty : outcome.after() - outcome.before();
      pathwise[m] = outcome.pathwise().clone();
      for (int d = 0; d < pathwise[m].length; d++) {
        pathwise[m][d] = outcome.dropped() ? 0 : pathwise[m][d] / count;
      }
    }
    return new PolicyFeedback(
        samples,
        seed,
        step,
        weighted(LeaveOneOut.centred(direct), count),
        weighted(LeaveOneOut.centred(response), count),
        new double[count],
        pathwise);
  }

  /**
   * Sums exactly: every sample with its own weight and no baseline.
   *
   * @param samples choices enumerated
   * @param outcomes how each did
   * @param weights probability of each
   */
  public static PolicyFeedback enumerate(
      List<Choices> samples, List<SampleOutcome> outcomes, double[] weights) {
    int count = outcomes.size();
    double[] direct = new double[count];
    double[] response = new double[count];
    double[][] pathwise = new double[count][];
    for (int m = 0; m < count; m++) {
      SampleOutcome outcome = outcomes.get(m);
      direct[m] = weights[m] * outcome.before();
      response[m] = weights[m] * (outcome.after() - outcome.before());
      pathwise[m] = outcome.pathwise().clone();
      for (int d = 0; d < pathwise[m].length; d++) {
        pathwise[m][d] *= weights[m];
      }
    }
    return new PolicyFeedback(samples, 0, 0, direct, response, new double[count], pathwise);
  }

  /**
   * The score-function estimate for candidates that were trained from scratch (Zoph and Le 2016):
   * one loss per sample, credited to every decision, the continuous ones included.
   *
   * @param samples choices made
   * @param losses validation loss of each
   * @param seed seed of the samples
   * @param step step of the samples
   */
  public static PolicyFeedback score(List<Choices> samples, double[] losses, long seed, long step) {
    int count = losses.length;
    double[] coefficients = weighted(LeaveOneOut.centred(losses), count);
    int continuous = samples.get(0).continuous().size();
    return new PolicyFeedback(
        samples,
        seed,
        step,
        new double[count],
        coefficients,
        coefficients.clone(),
        new double[count][continuous]);
  }

  private static double[] weighted(double[] values, int count) {
    for (int m = 0; m < values.length; m++) {
      values[m] /= count;
    }
    return values;
  }
}
