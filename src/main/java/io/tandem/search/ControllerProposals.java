package io.tandem.search;

import io.tandem.data.Seeds;
import io.tandem.graph.joint.PolicyProgram;
import io.tandem.space.Choices;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
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
 */
record ControllerProposals(SearchSpace space, PolicyProgram<?> policy, long seed)
    implements Proposals {
  /** Number of candidates that are drawn uniformly before the controller proposes any. */
  static final int FIRST = 16;

  /** Number of candidates between two times that the controller learns. */
  static final int EVERY = 8;

  /** Share of the candidates so far that it learns from. */
  static final double BEST = 0.2;

  /** Smallest number of candidates that it learns from. */
  static final int FEWEST = 10;

  /** Probability that a later candidate is drawn uniformly instead of by the controller. */
  static final double DRAWN = 0.1;

  /**
   * Share of the places of the longer rungs that are given away while candidates are proposed. The
   * other places are left for what is proposed last.
   */
  static final double EARLY = 0.5;

  /** Number of updates each time. */
  static final int UPDATES = 150;

  /**
   * Weight of uniform draws in what the controller learns from. Without them it memorises the best
   * few candidates after some updates and proposes only copies of them.
   */
  static final double PRIOR = 0.4;

  /** Number of uniform draws that represent the prior; new ones are drawn each time. */
  private static final int PRIOR_DRAWS = 32;

  @Override
  public Proposal next(List<Contender> contenders, SplittableRandom random) {
    int index = contenders.size();
    if (index < FIRST || random.nextDouble() < DRAWN) {
      return new Proposal(RandomSearch.draw(space, random), true);
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
    List<Choices> examples = new ArrayList<>(best);
    for (int draw = 0; draw < PRIOR_DRAWS; draw++) {
      examples.add(RandomSearch.draw(space, random));
    }
    double[] weights = new double[examples.size()];
    double[] ranked = weights(best.size());
    for (int index = 0; index < weights.length; index++) {
      weights[index] = index < ranked.length ? (1 - PRIOR) * ranked[index] : PRIOR / PRIOR_DRAWS;
    }
    policy.raise(examples, weights, UPDATES);
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
