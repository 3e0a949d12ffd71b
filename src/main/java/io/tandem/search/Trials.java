package io.tandem.search;

import io.tandem.report.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** What strategies that train every candidate from scratch have in common. */
final class Trials {
  private Trials() {}

  /** One outer step: these candidates were trained. */
  static SearchStrategy.Advance advance(
      SearchState state, List<Scored> trained, long examplesEach) {
    List<JournalEntry> lines = new ArrayList<>();
    SearchState now = state;
    for (Scored scored : trained) {
      boolean finite = scored.evaluation().isFinite();
      long index = now.updates();
      long examples = now.examples() + examplesEach;
      lines.add(SharedSearch.tried("search", index, scored, examples, state.seconds()));
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
              false);
    }
    return new SearchStrategy.Advance(now, lines);
  }

  /** The best candidate is the winner. */
  static SearchStrategy.Advance finish(SearchState state) {
    return new SearchStrategy.Advance(
        state.finishedWith(state.best().orElseThrow(), state.examples()), List.of());
  }
}
