package io.tandem.graph.joint;

import io.tandem.space.Candidate;

/** Scores candidates on the whole validation part. */
@FunctionalInterface
interface Judge {
  /**
   * Scores a candidate with the weights as they are.
   *
   * @param chosen the candidate
   */
  Evaluation evaluate(Candidate chosen);
}
