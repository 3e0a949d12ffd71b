package io.tandem.search;

import io.tandem.graph.joint.child.Evaluation;
import io.tandem.report.journal.JournalEntry;
import java.util.List;
import java.util.Optional;

/** One way of searching, step by step; all its state is in the graph and in {@link SearchState}. */
public interface SearchStrategy {
  /**
   * Does one outer step.
   *
   * @param state where the search stands
   * @throws StoppedException if the run is to stop; nothing has changed that the step reads
   * @throws OutOfTimeException if the time of the search is over; nothing of the step counts
   */
  Advance step(SearchState state);

  /**
   * Whether there is something to derive a winner from.
   *
   * @param state where the search stands
   */
  boolean canDerive(SearchState state);

  /**
   * Comes closer to the winner, by one candidate.
   *
   * @param state where the search stands after its last step
   * @throws StoppedException if the run is to stop; nothing of the candidate counts
   */
  Advance derive(SearchState state);

  /**
   * How far the derivation is, for people.
   *
   * @param state where the search stands
   * @return empty for strategies whose state has a {@link Derivation}, and for those that have none
   */
  default Optional<Stand> stand(SearchState state) {
    return Optional.empty();
  }

  /**
   * A part of a derivation.
   *
   * @param phase its name
   * @param done candidates done
   * @param total candidates in all
   * @param best the best so far
   */
  record Stand(String phase, int done, int total, Optional<Evaluation> best) {}

  /**
   * A piece of work done.
   *
   * @param state where the search stands now
   * @param lines what to write into the journal
   */
  record Advance(SearchState state, List<JournalEntry> lines) {}
}
