package io.tandem.graph.joint.response;

import io.tandem.graph.joint.policy.GateFeedback;
import io.tandem.graph.joint.policy.PolicyFeedback;
import io.tandem.space.Choices;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Method A, the sampled response: turns the outcomes of a batch into an unbiased estimate of the
 * gradient of {@code J(θ) = E[L_V(a, w_K(λ))]}, direct and response apart:
 *
 * <pre>
 *   direct    Σ weight (R0 - b0) ∇log π(a)
 *   response  Σ weight (RK - R0 - b1) ∇log π(a, h_discrete) + Σ weight ∂RK/∂h · ∂h/∂θ
 * </pre>
 *
 * <p>With gates the architecture's decisions learn by {@code Σ weight ∂R0/∂gate ∇p} (direct) and
 * {@code Σ weight ∂(RK - R0)/∂gate ∇p} (response) instead of by their score.
 *
 * <p>The baselines are leave-one-out means over the other samples, which leave the expectation as
 * it is. A dropped sample counts as the worst response of the others, at least 0: a figure out of
 * their range would be all that the step learns from.
 */
public final class SampledResponse {
  private SampledResponse() {}

  /**
   * Estimates by sampling: equal weights, leave-one-out baselines.
   *
   * @param samples choices made
   * @param outcomes how each did
   * @param penalty loss added to the worst response for a sample that diverged
   * @param seed seed of the samples
   * @param step step of the samples
   */
  public static PolicyFeedback estimate(
      List<Choices> samples, List<SampleOutcome> outcomes, double penalty, long seed, long step) {
    int count = outcomes.size();
    double[] direct = new double[count];
    double[] response = new double[count];
    double[][] pathwise = new double[count][];
    double worst = 0;
    for (SampleOutcome outcome : outcomes) {
      worst = outcome.dropped() ? worst : Math.max(worst, outcome.after() - outcome.before());
    }
    for (int m = 0; m < count; m++) {
      SampleOutcome outcome = outcomes.get(m);
      direct[m] = outcome.before();
      response[m] = outcome.dropped() ? worst + penalty : outcome.after() - outcome.before();
      pathwise[m] = outcome.pathwise().clone();
      for (int d = 0; d < pathwise[m].length; d++) {
        pathwise[m][d] = outcome.dropped() ? 0 : pathwise[m][d] / count;
      }
    }
    GateFeedback gates = gates(outcomes, weighted(ones(count), count));
    return new PolicyFeedback(
        samples,
        false,
        seed,
        step,
        gates == null ? weighted(LeaveOneOut.centred(direct), count) : new double[count],
        weighted(LeaveOneOut.centred(response), count),
        new double[count],
        pathwise,
        gates);
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
    GateFeedback gates = gates(outcomes, weights);
    return new PolicyFeedback(
        samples,
        false,
        0,
        0,
        gates == null ? direct : new double[count],
        response,
        new double[count],
        pathwise,
        gates);
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
        true,
        seed,
        step,
        new double[count],
        coefficients,
        coefficients.clone(),
        new double[count][continuous],
        null);
  }

  /** Coefficients of the architecture's choices; null without gates. */
  private static @Nullable GateFeedback gates(List<SampleOutcome> outcomes, double[] weights) {
    int count = outcomes.size();
    int columns = outcomes.get(0).gates().direct().length;
    if (columns == 0) {
      return null;
    }
    GateFeedback gates = new GateFeedback(new double[count][columns], new double[count][columns]);
    for (int m = 0; m < count; m++) {
      SampleOutcome outcome = outcomes.get(m);
      for (int column = 0; column < columns; column++) {
        gates.direct()[m][column] = weights[m] * outcome.gates().direct()[column];
        gates.response()[m][column] =
            outcome.dropped() ? 0 : weights[m] * outcome.gates().response()[column];
      }
    }
    return gates;
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] weighted(double[] values, int count) {
    for (int m = 0; m < values.length; m++) {
      values[m] /= count;
    }
    return values;
  }
}
