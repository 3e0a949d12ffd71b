package io.tandem.graph.joint.policy;

import io.tandem.data.Seeds;
import io.tandem.space.Choices;
import java.util.ArrayList;
import java.util.List;

/**
 * Two controllers, one for the architecture and one for the optimizer. They learn from the same
 * candidates and share nothing: neither parameters nor states, so that the optimizer cannot depend
 * on the architecture. The response of each is clipped by its own norm.
 *
 * @param architecture makes the decisions of the first task
 * @param optimizer makes those of the second
 * @param integers how many discrete choices the first task has
 */
record SeparatePolicies(LearningPolicy architecture, LearningPolicy optimizer, int integers)
    implements LearningPolicy {
  @Override
  public List<Choices> sample(int count, long seed, long step) {
    List<Choices> networks = architecture.sample(count, seed, step);
    List<Choices> trainings = optimizer.sample(count, ofOptimizer(seed), step);
    List<Choices> all = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      List<Integer> discrete = new ArrayList<>(networks.get(m).discrete());
      discrete.addAll(trainings.get(m).discrete());
      all.add(new Choices(discrete, trainings.get(m).continuous()));
    }
    return all;
  }

  /** Draws with the same seed would depend on each other. */
  static long ofOptimizer(long seed) {
    return Seeds.of(seed, "controller/optimizer", 0);
  }

  @Override
  public double[] logDensities(List<Choices> choices) {
    return optimizer.logDensities(trainings(choices));
  }

  @Override
  public double[] logProbabilities(List<Choices> choices) {
    double[] sum = architecture.logProbabilities(networks(choices));
    double[] others = optimizer.logProbabilities(trainings(choices));
    for (int m = 0; m < sum.length; m++) {
      sum[m] += others[m];
    }
    return sum;
  }

  /** The norms are those of both gradients together. */
  @Override
  public PolicyUpdate update(PolicyFeedback feedback) {
    PolicyUpdate first = architecture.update(feedback.ofArchitecture(networks(feedback.samples())));
    PolicyUpdate second =
        optimizer.update(
            feedback.ofOptimizer(trainings(feedback.samples()), ofOptimizer(feedback.seed())));
    double direct = Math.hypot(first.directNorm(), second.directNorm());
    double response = Math.hypot(first.responseNorm(), second.responseNorm());
    double product = inner(first) + inner(second);
    return new PolicyUpdate(
        direct,
        response,
        direct * response > 0 ? product / (direct * response) : 0,
        first.entropy() + second.entropy(),
        first.applied() && second.applied());
  }

  private static double inner(PolicyUpdate update) {
    return update.cosine() * update.directNorm() * update.responseNorm();
  }

  @Override
  public void raise(List<Choices> best, double[] weights, int steps) {
    architecture.raise(networks(best), weights, steps);
    optimizer.raise(trainings(best), weights, steps);
  }

  private List<Choices> networks(List<Choices> choices) {
    return choices.stream()
        .map(each -> new Choices(each.discrete().subList(0, integers), List.of()))
        .toList();
  }

  private List<Choices> trainings(List<Choices> choices) {
    return choices.stream()
        .map(
            each ->
                new Choices(
                    each.discrete().subList(integers, each.discrete().size()), each.continuous()))
        .toList();
  }
}
