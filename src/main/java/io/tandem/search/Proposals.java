package io.tandem.search;

import io.tandem.space.Choices;
import java.util.List;
import java.util.SplittableRandom;

/** Where the next candidate of a search by successive halving comes from. */
@FunctionalInterface
interface Proposals {
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
   * Learns from how candidates did at the first rung; called after each of these trainings.
   *
   * @param contenders all so far, in order, each trained once
   */
  default void learn(List<Contender> contenders) {}
}
