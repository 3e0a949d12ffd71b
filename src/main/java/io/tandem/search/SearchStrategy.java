package io.tandem.search;

import io.tandem.report.JournalEntry;
import java.util.List;

/** One way of searching, step by step; all its state is in the graph and in {@link SearchState}. */
public interface SearchStrategy {
  /** Training examples that one outer step costs. */
  long stepExamples();

  /** Training examples that {@link #finish} costs. */
  long finishExamples();

  /**
   * Does one outer step.
   *
   * @param state where the search stands
   */
  Advance step(SearchState state);

  /**
   * Picks the winner.
   *
   * @param state where the search stands at the end
   */
  Advance finish(SearchState state);

  /**
   * A piece of work done.
   *
   * @param state where the search stands now
   * @param lines what to write into the journal
   */
  record Advance(SearchState state, List<JournalEntry> lines) {}
}
