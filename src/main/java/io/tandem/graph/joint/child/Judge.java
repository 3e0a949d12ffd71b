package io.tandem.graph.joint.child;

import io.tandem.space.Candidate;

/** Scores candidates on the validation part. */
@FunctionalInterface
public interface Judge {
  /**
   * Scores a candidate with the weights as they are.
   *
   * @param chosen the candidate
   * @param examples how many it is scored on, about and at most; always the same ones
   */
  Evaluation evaluate(Candidate chosen, long examples);
}
