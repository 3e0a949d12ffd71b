package io.tandem.search.plan;

import java.util.Locale;
import java.util.Optional;

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
   * The part for the first of two searches.
   *
   * @param share of the examples and of the time of search and derivation, between 0 and 1
   */
  Budget first(double share) {
    return with((long) (share * examples), shares.first(share));
  }

  /**
   * The part for the second of two searches, which begins after the first.
   *
   * @param share that the first has
   */
  Budget second(double share) {
    return with(examples - (long) (share * examples), shares.second(share));
  }

  /** The same with more seconds kept for the test and the export. */
  public Budget keeping(double more) {
    return with(examples, shares.keeping(more));
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

  /**
   * The message about a run that took longer than its limit.
   *
   * @param taken seconds of the whole run
   * @return empty if there is no limit, or it is exceeded by less than a tenth or 3 seconds
   */
  public Optional<String> exceeded(double taken) {
    if (seconds == 0 || taken <= Math.max(1.1 * seconds, seconds + 3)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the run took %.0f s, more than search.budget.seconds: %s; reading the data, training"
                + " one network and scoring it took as long",
            taken,
            seconds == Math.rint(seconds)
                ? Long.toString((long) seconds)
                : Double.toString(seconds)));
  }
}
