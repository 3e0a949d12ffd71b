package io.tandem.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.search.propose.Evaluations;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a derivation stands. The candidates themselves are drawn again from the controller.
 *
 * @param begun seconds of the run at which it began
 * @param keep candidates that are trained from scratch; 0 while that is open
 * @param scored how the first candidates did with the shared weights, in the order of their draw
 * @param ranked how the best of them did after a training from scratch, best score first
 */
public record Derivation(double begun, int keep, List<Evaluation> scored, List<Evaluation> ranked) {
  /** Copies the lists and checks that one follows from the other. */
  public Derivation {
    scored = List.copyOf(scored);
    ranked = List.copyOf(ranked);
    if (keep < 0 || keep > scored.size() || ranked.size() > keep) {
      throw new IllegalArgumentException(
          scored.size() + " scored, " + keep + " kept, " + ranked.size() + " trained");
    }
  }

  /** The beginning. */
  static Derivation at(double seconds) {
    return new Derivation(seconds, 0, List.of(), List.of());
  }

  /** One more candidate was scored. */
  Derivation withScored(Evaluation evaluation) {
    return new Derivation(begun, keep, with(scored, evaluation), ranked);
  }

  /** All are scored that will be. */
  Derivation keeping(int best) {
    return new Derivation(begun, best, scored, ranked);
  }

  /** One more candidate was trained from scratch. */
  Derivation withRanked(Evaluation evaluation) {
    return new Derivation(begun, keep, scored, with(ranked, evaluation));
  }

  private static List<Evaluation> with(List<Evaluation> list, Evaluation next) {
    List<Evaluation> longer = new ArrayList<>(list);
    longer.add(next);
    return longer;
  }

  /** Whether every candidate that is kept has been trained. */
  boolean isDone() {
    return keep > 0 && ranked.size() == keep;
  }

  /** Candidates done. */
  int size() {
    return scored.size() + ranked.size();
  }

  /** The object as stored. */
  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("begun", begun).put("keep", keep);
    Evaluations.write(scored, node.putArray("scored"));
    Evaluations.write(ranked, node.putArray("ranked"));
    return node;
  }

  /** The derivation as it was stored. */
  static Derivation fromJson(JsonNode node) {
    return new Derivation(
        node.path("begun").asDouble(),
        node.path("keep").asInt(),
        Evaluations.read(node.path("scored")),
        Evaluations.read(node.path("ranked")));
  }
}
