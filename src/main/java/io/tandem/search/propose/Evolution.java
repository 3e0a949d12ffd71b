package io.tandem.search.propose;

import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.Decision;
import io.tandem.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Regularised evolution (Real et al. 2019, algorithm 1): the population is the youngest candidates;
 * of a random few of them the best one is copied with one decision changed. The first candidates
 * are drawn uniformly.
 *
 * @param space what is searched
 */
public record Evolution(SearchSpace space) implements Proposals {
  /** Size of the population. Real et al. have 100 in 20,000 candidates; here there are hundreds. */
  static final int POPULATION = 20;

  /** Candidates that are compared for a parent: a quarter of the population, as there. */
  static final int SAMPLE = 5;

  /** Standard deviation of a change of a continuous decision, as a share of its range. */
  private static final double STEP = 0.2;

  /** Changes that are tried before one without an effect is taken. */
  private static final int MOST = 100;

  @Override
  public Proposal next(List<Contender> contenders, SplittableRandom random) {
    if (contenders.size() < POPULATION) {
      return new Proposal(UniformDraw.of(space, random), true);
    }
    List<Contender> young = contenders.subList(contenders.size() - POPULATION, contenders.size());
    Contender parent = young.get(random.nextInt(POPULATION));
    for (int other = 1; other < SAMPLE; other++) {
      Contender rival = young.get(random.nextInt(POPULATION));
      if (rival.loss(0) < parent.loss(0)) {
        parent = rival;
      }
    }
    return new Proposal(changed(parent.choices(), random), false);
  }

  /**
   * One decision changed; of a decision about several outputs one of them. A change that is not
   * seen in the candidate, as that of a layer that is left out, is made again with another one.
   */
  Choices changed(Choices choices, SplittableRandom random) {
    Candidate before = space.decode(choices);
    Choices after = once(choices, random);
    for (int again = 1; again < MOST && space.decode(after).equals(before); again++) {
      after = once(choices, random);
    }
    return after;
  }

  private Choices once(Choices choices, SplittableRandom random) {
    List<Integer> discrete = new ArrayList<>(choices.discrete());
    List<Double> continuous = new ArrayList<>(choices.continuous());
    List<Decision> open =
        space.decisions().stream().filter(decision -> options(decision) > 1).toList();
    if (open.isEmpty()) {
      return choices;
    }
    Decision chosen = open.get(random.nextInt(open.size()));
    int column = 0;
    int real = 0;
    for (Decision decision : space.decisions()) {
      if (decision.equals(chosen)) {
        break;
      }
      boolean continues = decision instanceof Decision.Continuous;
      column += continues ? 0 : decision.width();
      real += continues ? 1 : 0;
    }
    if (chosen instanceof Decision.Continuous) {
      continuous.set(real, Variation.moved(continuous.get(real), STEP, random));
    } else if (chosen instanceof Decision.Categorical categorical) {
      int shift = 1 + random.nextInt(categorical.options() - 1);
      discrete.set(column, (discrete.get(column) + shift) % categorical.options());
    } else {
      int bit = column + random.nextInt(chosen.width());
      discrete.set(bit, 1 - discrete.get(bit));
    }
    return new Choices(discrete, continuous);
  }

  private static int options(Decision decision) {
    return decision instanceof Decision.Categorical categorical ? categorical.options() : 2;
  }
}
