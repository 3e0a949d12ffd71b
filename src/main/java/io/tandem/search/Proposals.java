package io.tandem.search;

import io.tandem.space.Choices;
import java.util.List;
import java.util.SplittableRandom;

/** Where the next candidate of a search without a controller comes from. */
@FunctionalInterface
interface Proposals {
  /**
   * The next candidate.
   *
   * @param contenders all before it, in order, each trained at least once
   * @param random source of all its draws
   */
  Choices next(List<Contender> contenders, SplittableRandom random);
}
