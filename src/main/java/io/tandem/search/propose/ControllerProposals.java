package io.tandem.search.propose;

import io.tandem.data.Seeds;
import io.tandem.graph.joint.policy.LearningPolicy;
import io.tandem.search.plan.HalvingSettings;
import io.tandem.space.Choices;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Candidates of the controller, which learns from trainings from scratch: from time to time its
 * likelihood of the best candidates so far is raised, the better ones weighing more (the
 * cross-entropy method, Rubinstein 1999, with the weights of CMA-ES, Hansen 2016). As in BOHB
 * (Falkner et al. 2018) all results so far count, whoever proposed them, and a share of the
 * candidates is always drawn uniformly.
 *
 * @param space what is searched
 * @param policy the controller
 * @param seed seed of the run
 * @param taught whether the controller has learnt something before, so that it proposes from the
 *     beginning
 */
public record ControllerProposals(
    SearchSpace space, LearningPolicy policy, long seed, boolean taught) implements Proposals {
  /**
   * Number of candidates before the controller learns. They are drawn uniformly; every other one,
   * if the controller was taught before: what it was taught is compared with the prior, and
   * whichever is better is learnt from.
   */
  static final int FIRST = HalvingSettings.BEFORE_LEARNING;

  /** Number of candidates between two times that the controller learns. */
  static final int EVERY = 4;

  /** Share of the candidates so far that it learns from. */
  static final double BEST = 0.15;

  /** Smallest number of candidates that it learns from. */
  static final int FEWEST = 5;

  /** Probability that a later candidate is drawn uniformly instead of by the controller. */
  static final double DRAWN = 0.1;

  /**
   * Share of the places of the longer rungs that are given away while candidates are proposed. The
   * other places are left for what is proposed last.
   */
  static final double EARLY = 0.5;

  /** Number of updates each time. */
  static final int UPDATES = 100;

  /** Number of updates on the same copies of the best. */
  private static final int REPEATED = 10;

  /** Number of copies of the best, and of uniform draws among them. */
  private static final int COPIES = 64;

  /**
   * Share of uniform draws in what the controller learns from, so that no part of the space is
   * given up.
   */
  static final double PRIOR = 0.1;

  @Override
  public Proposal next(List<Contender> contenders, SplittableRandom random) {
    return at(contenders.size(), random);
  }

  /**
   * A candidate.
   *
   * @param index its number; below {@link #FIRST} it does not depend on those before it
   * @param random source of its draws
   */
  public Proposal at(int index, SplittableRandom random) {
    boolean first = index < FIRST;
    if (first ? !taught || index % 2 == 0 : random.nextDouble() < DRAWN) {
      return new Proposal(UniformDraw.of(space, random), true);
    }
    long purpose = Seeds.of(seed, "search/propose", 0);
    return new Proposal(policy.sample(1, purpose, index).get(0), false);
  }

  @Override
  public double early() {
    return EARLY;
  }

  @Override
  public void learn(List<Contender> contenders) {
    int count = contenders.size();
    if (count < FIRST || count % EVERY != 0) {
      return;
    }
    int wanted = Math.max(FEWEST, (int) Math.ceil(BEST * count));
    List<Choices> best =
        contenders.stream()
            .filter(each -> each.last().isFinite())
            .sorted(Contender.BEST_FIRST)
            .limit(wanted)
            .map(Contender::choices)
            .toList();
    if (best.isEmpty()) {
      return;
    }
    SplittableRandom random = new SplittableRandom(Seeds.of(seed, "search/prior", count));
    double[] even = new double[COPIES];
    Arrays.fill(even, 1.0 / COPIES);
    for (int update = 0; update < UPDATES; update += REPEATED) {
      policy.raise(copies(best, random), even, REPEATED);
    }
  }

  /** Varied copies of the best, the better ones more often, and some uniform draws. */
  private List<Choices> copies(List<Choices> best, SplittableRandom random) {
    double[] weights = weights(best.size());
    Variation variation = new Variation(space);
    List<Choices> copies = new ArrayList<>();
    for (int copy = 0; copy < COPIES; copy++) {
      copies.add(
          random.nextDouble() < PRIOR
              ? UniformDraw.of(space, random)
              : variation.of(best.get(place(weights, random.nextDouble())), random));
    }
    return copies;
  }

  /** The place up to which the weights sum to more than a share. */
  private static int place(double[] weights, double share) {
    int place = 0;
    for (double sum = weights[0]; sum <= share && place < weights.length - 1; place++) {
      sum += weights[place + 1];
    }
    return place;
  }

  /** Weights of the best, second best and so on: falling with the logarithm of the rank, sum 1. */
  static double[] weights(int count) {
    double[] weights = new double[count];
    double sum = 0;
    for (int rank = 0; rank < count; rank++) {
      weights[rank] = Math.log(count + 0.5) - Math.log(rank + 1.0);
      sum += weights[rank];
    }
    for (int rank = 0; rank < count; rank++) {
      weights[rank] /= sum;
    }
    return weights;
  }
}
