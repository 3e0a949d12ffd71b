package io.tandem.search;

import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.TimeLimit;
import io.tandem.search.plan.DeriveSettings;
import io.tandem.search.plan.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What a search leaves out where its time is over, in words. */
final class TimeCuts {
  private TimeCuts() {}

  /**
   * The search ended before its last step.
   *
   * @param strategy how it searches
   * @param done steps done
   * @param planned steps that the examples pay for, more than {@code done}
   */
  static String search(Strategy strategy, long done, long planned) {
    String text =
        "the search ended after "
            + done
            + " of "
            + planned
            + (strategy.sharesWeights() || strategy == Strategy.NAS ? " steps" : " candidates")
            + TimeLimit.REASON;
    return done == 0 && strategy.sharesWeights()
        ? text + ": the controller has not learnt anything; allow more time"
        : text;
  }

  /**
   * Fewer candidates were scored, or fewer of them are trained, than settings ask for.
   *
   * @param settings of the derivation
   * @param scored candidates that were scored
   * @param kept candidates that are trained
   * @param different candidates among those that were scored
   * @return empty if nothing is left out
   */
  static Optional<String> derivation(DeriveSettings settings, int scored, int kept, int different) {
    String scoring =
        scored < settings.samples()
            ? "scored " + scored + " of " + settings.samples() + " candidates"
            : "";
    // Candidates that were drawn twice are trained once, whatever the time.
    boolean fewer = kept < settings.keep() && (kept < different || !scoring.isEmpty());
    String training = fewer ? "trains " + kept + " of " + settings.keep() + " candidates" : "";
    if (scoring.isEmpty() && training.isEmpty()) {
      return Optional.empty();
    }
    String both = scoring.isEmpty() || training.isEmpty() ? "" : " and ";
    return Optional.of("the derivation " + scoring + both + training + TimeLimit.REASON);
  }

  /**
   * A derivation compares fewer candidates than planned.
   *
   * @param done candidates trained for the first rung
   * @param planned more than these
   */
  static String candidates(int done, int planned) {
    return "the derivation compared " + done + " of " + planned + " candidates" + TimeLimit.REASON;
  }

  /**
   * A longer rung of successive halving has fewer candidates than planned.
   *
   * @param stands where the derivation stood when its time was over
   * @param rungs of the plan after the first
   * @return empty if all were trained
   */
  static Optional<String> rungs(SearchStrategy.Stand stands, int rungs) {
    return stands.done() >= stands.total()
        ? Optional.empty()
        : Optional.of(
            "the derivation trained "
                + stands.done()
                + " of "
                + stands.total()
                + " candidates on "
                + stands.phase()
                + " of "
                + rungs
                + TimeLimit.REASON);
  }

  /**
   * Trainings of candidates ended before their planned length.
   *
   * @param entries of the journal, from the beginning of the run
   * @param from training examples seen before the search; trainings before it do not count
   * @param planned what a training of a phase costs, its validation included
   * @return empty if all took their length; those that diverged do not count
   */
  static Optional<String> trainings(
      List<JournalEntry> entries, long from, ToLongFunction<String> planned) {
    List<long[]> cut = new ArrayList<>();
    long all = 0;
    long before = from;
    for (JournalEntry entry : entries) {
      if (entry instanceof JournalEntry.Step step) {
        before = Math.max(from, step.examples());
      } else if (entry instanceof JournalEntry.Tried tried && tried.examples() > from) {
        if (!tried.phase().equals("derive") && Double.isFinite(tried.validationLoss())) {
          long spent = tried.examples() - before;
          long whole = planned.applyAsLong(tried.phase());
          all++;
          if (spent < whole) {
            cut.add(new long[] {spent, whole});
          }
        }
        before = tried.examples();
      }
    }
    if (cut.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
                Locale.ROOT,
                "%d of %d trainings of candidates took %,d of their %,d examples",
                cut.size(),
                all,
                cut.stream().mapToLong(each -> each[0]).sum(),
                cut.stream().mapToLong(each -> each[1]).sum())
            + TimeLimit.REASON);
  }
}
