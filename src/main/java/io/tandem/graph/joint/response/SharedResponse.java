package io.tandem.graph.joint.response;

import io.tandem.graph.joint.policy.GateFeedback;
import io.tandem.graph.joint.policy.PolicyFeedback;
import io.tandem.space.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Method B, the shared response: the weights are trained on samples of the policy, so they depend
 * on it. With {@code M} candidates in each of {@code K} steps and {@code N} judges,
 *
 * <pre>
 *   w_{k+1} = w_k + Σ_m weight □(log π(λ_mk)) (U(w_k; λ_mk) - w_k)
 *   J       = Σ_n weight □(log π(a_n)) L_V(a_n, w_K)
 * </pre>
 *
 * <p>is differentiated (□ of Foerster et al. 2018) not as one expression but by its adjoints {@code
 * ν_k = dJ/dw_k}, from the last step to the first, which gives the same numbers with one child in
 * the graph:
 *
 * <pre>
 *   ν_K = Σ_n weight ∂L_V(a_n, w_K)/∂w      s_mk = ⟨U(w_k; λ_mk) - w_k, ν_{k+1}⟩
 *   ν_k = ν_{k+1} + Σ_m weight ∂s_mk/∂w_k
 *   direct    Σ_n weight (L_V(a_n, w_K) - b_n) ∇log π(a_n)
 *   response  Σ_mk weight (s_mk - b_mk) ∇log π(a_mk, h_discrete) + weight ∂s_mk/∂h · ∂h/∂θ
 * </pre>
 *
 * <p>With gates the architectures learn by {@code ∂L_V(a_n, w_K)/∂gate ∇p} (direct) and {@code
 * ∂s_mk/∂gate ∇p} (response) instead of by their score.
 */
public final class SharedResponse {
  private SharedResponse() {}

  /**
   * Goes along the path and back.
   *
   * @param path the look-ahead
   * @param judges {@code N} candidates
   * @param steps {@code K} times {@code M} candidates
   */
  public static SharedOutcome measure(
      SharedPath path, List<SharedDraw> judges, List<List<SharedDraw>> steps) {
    path.start();
    List<SharedJudgement> before = judges.stream().map(path::judge).toList();
    List<List<SharedPull>> pushed = new ArrayList<>();
    for (int step = 0; step < steps.size(); step++) {
      pushed.add(steps.get(step).stream().map(path::push).toList());
      path.advance(step);
    }
    path.turn();
    List<SharedJudgement> after = judges.stream().map(path::judge).toList();
    List<List<SharedPull>> pulled = new ArrayList<>();
    for (int step = steps.size() - 1; step >= 0; step--) {
      path.retreat(step);
      List<SharedPull> pulls = new ArrayList<>();
      for (int m = 0; m < steps.get(step).size(); m++) {
        // What moved nothing has nothing to answer for.
        boolean dropped = pushed.get(step).get(m).dropped();
        pulls.add(dropped ? pushed.get(step).get(m) : path.pull(steps.get(step).get(m), step > 0));
      }
      pulled.add(0, pulls);
      if (step > 0) {
        path.pass();
      }
    }
    return new SharedOutcome(judges, steps, before, after, pushed, pulled);
  }

  /**
   * Estimates by sampling, with baselines that leave the expectation as it is. That of a judge is
   * the mean of the other judges. That of a candidate in a step is the mean of what the others of
   * the step would do to the judgement of the shared weights: it does not depend on the candidate,
   * which {@code s} of the others does, as {@code ν} is taken where its own step has led to.
   *
   * @param samples choices made: the judges, then the candidates of every step
   * @param outcome what they showed
   * @param penalty change of the loss that a dropped step counts as
   * @param seed seed of the samples
   * @param step step of the samples
   */
  public static PolicyFeedback estimate(
      List<Choices> samples, SharedOutcome outcome, double penalty, long seed, long step) {
    return feedback(samples, outcome, penalty, true, seed, step);
  }

  /**
   * Sums exactly: every sample with its own weight and no baseline.
   *
   * @param samples choices enumerated: as judges, then in every step
   * @param outcome what they showed
   */
  public static PolicyFeedback enumerate(List<Choices> samples, SharedOutcome outcome) {
    return feedback(samples, outcome, 0, false, 0, 0);
  }

  private static PolicyFeedback feedback(
      List<Choices> samples,
      SharedOutcome outcome,
      double penalty,
      boolean centred,
      long seed,
      long step) {
    int count = samples.size();
    int continuous = samples.get(0).continuous().size();
    double[] direct = new double[count];
    double[] response = new double[count];
    double[][] pathwise = new double[count][continuous];
    int judges = outcome.judges().size();
    int columns = outcome.after().get(0).gates().length;
    GateFeedback gates = new GateFeedback(new double[count][columns], new double[count][columns]);
    double[] losses = outcome.after().stream().mapToDouble(SharedJudgement::loss).toArray();
    double[] others = centred ? LeaveOneOut.means(losses) : new double[judges];
    for (int n = 0; n < judges; n++) {
      double weight = outcome.judges().get(n).weight();
      direct[n] = columns == 0 ? weight * (losses[n] - others[n]) : 0;
      gates.direct()[n] = weighted(outcome.after().get(n).gates(), weight);
    }
    int row = judges;
    for (int k = 0; k < outcome.steps().size(); k++) {
      double[] changes = changes(outcome.pulled().get(k), penalty);
      double[] baseline =
          centred
              ? LeaveOneOut.means(changes(outcome.pushed().get(k), penalty))
              : new double[changes.length];
      for (int m = 0; m < changes.length; m++) {
        double weight = outcome.steps().get(k).get(m).weight();
        SharedPull pull = outcome.pulled().get(k).get(m);
        response[row] = weight * (changes[m] - baseline[m]);
        if (!pull.dropped()) {
          pathwise[row] = weighted(pull.pathwise(), weight);
          gates.response()[row] = weighted(pull.gates(), weight);
        }
        row++;
      }
    }
    return new PolicyFeedback(
        samples,
        false,
        seed,
        step,
        direct,
        response,
        new double[count],
        pathwise,
        columns == 0 ? null : gates);
  }

  private static double[] weighted(double[] values, double weight) {
    return Arrays.stream(values).map(value -> weight * value).toArray();
  }

  private static double[] changes(List<SharedPull> pulls, double penalty) {
    double worst =
        pulls.stream()
            .filter(pull -> !pull.dropped())
            .mapToDouble(SharedPull::change)
            .reduce(0, Math::max);
    return pulls.stream()
        .mapToDouble(pull -> pull.dropped() ? worst + penalty : pull.change())
        .toArray();
  }
}
