package io.tandem.search.propose;

import io.tandem.space.Choices;
import java.util.List;
import java.util.SplittableRandom;

/** Where the next candidate of a search by successive halving comes from. */
@FunctionalInterface
public interface Proposals {
  /**
   * A candidate to train.
   *
   * @param choices which
   * @param drawn whether it was drawn uniformly, without regard to those before it
   */
  record Proposal(Choices choices, boolean drawn) {}

  /**
   * The next candidate.
   *
   * @param contenders all before it, in order, each trained at least once
   * @param random source of all its draws
   */
  Proposal next(List<Contender> contenders, SplittableRandom random);

  /**
   * Learns from how candidates did; called after the first training of each.
   *
   * @param contenders all so far, in order, each trained at least once
   */
  default void learn(List<Contender> contenders) {}

  /**
   * Share of the places of the longer rungs that are given away while candidates are proposed, so
   * that proposals can learn from them: 0 to 1. With 0 all promotions come after the last proposal.
   */
  default double early() {
    return 0;
  }
}
