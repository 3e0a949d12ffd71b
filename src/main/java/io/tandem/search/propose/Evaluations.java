package io.tandem.search.propose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tandem.graph.joint.child.Evaluation;
import java.util.ArrayList;
import java.util.List;

/** Evaluations in checkpoints, as lists of texts: JSON has no number that is none. */
public final class Evaluations {
  private Evaluations() {}

  /** Writes them: loss, accuracy, calibrated loss. */
  public static void write(List<Evaluation> list, ArrayNode array) {
    for (Evaluation evaluation : list) {
      array
          .addArray()
          .add(Double.toString(evaluation.loss()))
          .add(Double.toString(evaluation.accuracy()))
          .add(Double.toString(evaluation.calibrated()));
    }
  }

  /**
   * Reads what was written. Earlier versions wrote no calibrated loss and ranked by the plain one.
   */
  public static List<Evaluation> read(JsonNode array) {
    List<Evaluation> list = new ArrayList<>();
    array.forEach(
        each ->
            list.add(
                new Evaluation(
                    number(each, 0), number(each, 1), number(each, each.size() > 2 ? 2 : 0))));
    return list;
  }

  private static double number(JsonNode list, int place) {
    return Double.parseDouble(list.path(place).asText());
  }
}
