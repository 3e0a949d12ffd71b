package io.tandem.graph.joint.response;

import io.tandem.graph.joint.child.Rows;
import io.tandem.space.Candidate;
import io.tandem.space.RateFactor;

/**
 * A candidate that takes part in a step of the shared response, or judges where the steps led.
 *
 * @param candidate the candidate
 * @param factor factor of the schedule on the learning rate
 * @param rows one training batch, the validation rows, noise
 * @param weight its share of the step or of the judgement: {@code 1/M}, or its probability if all
 *     candidates are enumerated
 */
public record SharedDraw(Candidate candidate, RateFactor factor, Rows rows, double weight) {
  /** With a factor that does not depend on the candidate. */
  public SharedDraw(Candidate candidate, double factor, Rows rows, double weight) {
    this(candidate, RateFactor.of(factor), rows, weight);
  }
}
