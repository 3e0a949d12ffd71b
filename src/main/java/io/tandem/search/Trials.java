package io.tandem.search;

import io.tandem.report.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What strategies that train every candidate from scratch have in common. */
final class Trials {
  /** The phase of candidates that the search itself tries. */
  static final String SEARCH = "search";

  private Trials() {}

  /**
   * A candidate that was trained from scratch.
   *
   * @param scored how it did
   * @param seconds of the run at which it was done
   * @param examples that it cost, its validation included
   */
  record Timed(Scored scored, double seconds, long examples) {}

  /** One outer step: these candidates were trained. */
  static SearchStrategy.Advance advance(SearchState state, List<Timed> trained) {
    List<JournalEntry> lines = new ArrayList<>();
    SearchState now = state;
    for (Timed timed : trained) {
      Scored scored = timed.scored();
      boolean finite = scored.evaluation().isFinite();
      long index = now.updates();
      long examples = now.examples() + timed.examples();
      lines.add(tried(SEARCH, index, scored, examples, timed.seconds()));
      if (!finite) {
        lines.add(
            new JournalEntry.Event(
                "drop", "candidate " + index + " diverged: " + scored.candidate().optimizer()));
      }
      now =
          new SearchState(
              state.step() + 1,
              examples,
              state.seconds(),
              now.dropped() + (finite ? 0 : 1),
              index + 1,
              now.bestWith(scored),
              Optional.empty(),
              List.of(),
              state.first(),
              false);
    }
    return new SearchStrategy.Advance(now, lines);
  }

  /** The line of the journal about a candidate. */
  static JournalEntry tried(
      String phase, long index, Scored scored, long examples, double seconds) {
    return new JournalEntry.Tried(
        phase,
        index,
        scored.evaluation().loss(),
        scored.evaluation().accuracy(),
        scored.evaluation().calibrated(),
        scored.candidate(),
        examples,
        seconds);
  }

  /** The best candidate is the winner. */
  static SearchStrategy.Advance finish(SearchState state) {
    return new SearchStrategy.Advance(
        state.finishedWith(state.best().orElseThrow(), state.examples()), List.of());
  }
}
