package io.tandem.search;

/**
 * What a search may spend; it ends when either is used up.
 *
 * @param examples training examples seen by candidates, repeats counted, positive
 * @param seconds time, not negative; 0 is no limit
 */
public record Budget(long examples, double seconds) {
  /** Checks the ranges. */
  public Budget {
    if (examples < 1 || !(seconds >= 0)) {
      throw new IllegalArgumentException("a budget needs examples and no negative time");
    }
  }
}
