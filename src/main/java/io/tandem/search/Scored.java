package io.tandem.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.report.journal.CandidateJson;
import io.tandem.space.Candidate;
import java.util.Optional;

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

  /** The object as stored. */
  ObjectNode toJson() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("loss", Double.toString(evaluation.loss()));
    object.put("accuracy", Double.toString(evaluation.accuracy()));
    object.put("calibrated", Double.toString(evaluation.calibrated()));
    object.set("architecture", CandidateJson.write(candidate.architecture()));
    object.set("optimizer", CandidateJson.write(candidate.optimizer()));
    return object;
  }

  /** The candidate as it was stored; empty if none was. */
  static Optional<Scored> fromJson(JsonNode stored) {
    return CandidateJson.candidate(stored)
        .map(
            found ->
                new Scored(
                    found,
                    new Evaluation(
                        number(stored, "loss"),
                        number(stored, "accuracy"),
                        number(stored, stored.has("calibrated") ? "calibrated" : "loss"))));
  }

  private static double number(JsonNode stored, String key) {
    return Double.parseDouble(stored.path(key).asText());
  }

  /** Whether it did better than another of its kind. */
  public boolean isBetterThan(Scored other) {
    return evaluation.isBetterThan(other.evaluation);
  }
}
