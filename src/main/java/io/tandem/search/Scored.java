package io.tandem.search;

import io.tandem.graph.joint.Evaluation;
import io.tandem.space.Candidate;

/**
 * A candidate with how it did on the validation part.
 *
 * @param candidate what was tried
 * @param evaluation how it did
 */
public record Scored(Candidate candidate, Evaluation evaluation) {}
