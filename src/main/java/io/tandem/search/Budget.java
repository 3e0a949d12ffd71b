package io.tandem.search;

/**
 * What a run may spend; each phase ends when either is used up.
 *
 * @param examples training examples seen by candidates in search and derivation, repeats counted; 0
 *     follows the size of the data
 * @param seconds time of the whole run, not negative; 0 is no limit
 * @param shares how the time is divided
 */
public record Budget(long examples, double seconds, TimeShares shares) {
  /** Checks the ranges. */
  public Budget {
    if (examples < 0 || !(seconds >= 0)) {
      throw new IllegalArgumentException("a budget has no negative examples or time");
    }
  }

  /** The same with another number of examples and other shares. */
  public Budget with(long otherExamples, TimeShares otherShares) {
    return new Budget(otherExamples, seconds, otherShares);
  }

  /**
   * When a phase has to end.
   *
   * @param phase which
   * @param begun seconds of the run at which it began
   * @return seconds of the run; infinite without a limit
   */
  public double end(TimeShares.Phase phase, double begun) {
    return shares.end(phase, seconds, begun);
  }
}
