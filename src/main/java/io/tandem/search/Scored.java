package io.tandem.search;

import io.tandem.graph.joint.Evaluation;
import io.tandem.space.Candidate;

/**
 * A candidate with how it did on the validation part.
 *
 * @param candidate what was tried
 * @param evaluation how it did
 */
public record Scored(Candidate candidate, Evaluation evaluation) {
  /**
   * Whether it was tried in the search; a given candidate, or one drawn for lack of time, was not.
   */
  public boolean wasTried() {
    return evaluation.isMeasured();
  }

  /** Whether it did better than another of its kind. */
  public boolean isBetterThan(Scored other) {
    return evaluation.isBetterThan(other.evaluation);
  }
}
