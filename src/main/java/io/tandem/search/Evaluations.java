package io.tandem.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tandem.graph.joint.Evaluation;
import java.util.ArrayList;
import java.util.List;

/** Evaluations in checkpoints, as pairs of texts: JSON has no number that is none. */
final class Evaluations {
  private Evaluations() {}

  /** Writes them, loss before accuracy. */
  static void write(List<Evaluation> list, ArrayNode array) {
    for (Evaluation evaluation : list) {
      array
          .addArray()
          .add(Double.toString(evaluation.loss()))
          .add(Double.toString(evaluation.accuracy()));
    }
  }

  /** Reads what was written. */
  static List<Evaluation> read(JsonNode array) {
    List<Evaluation> list = new ArrayList<>();
    array.forEach(
        pair ->
            list.add(
                new Evaluation(
                    Double.parseDouble(pair.path(0).asText()),
                    Double.parseDouble(pair.path(1).asText()))));
    return list;
  }
}
