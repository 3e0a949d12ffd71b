package io.tandem.search.propose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.graph.joint.child.Evaluation;
import io.tandem.space.Choices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A candidate of successive halving.
 *
 * @param choices which
 * @param drawn whether it was drawn uniformly, without regard to other candidates
 * @param rungs how it did after each training from scratch so far, shortest first
 */
public record Contender(Choices choices, boolean drawn, List<Evaluation> rungs) {
  /**
   * The best first: who was trained longer was better among those trained as long, and longer
   * trainings tell more. What diverged comes last.
   */
  public static final Comparator<Contender> BEST_FIRST =
      Comparator.comparing((Contender each) -> !each.last().isFinite())
          .thenComparing(each -> -each.rungs().size())
          .thenComparingDouble(each -> each.loss(each.rungs().size() - 1));

  /** Copies the list. */
  public Contender {
    rungs = List.copyOf(rungs);
  }

  /** After one more training. */
  public Contender with(Evaluation evaluation) {
    List<Evaluation> more = new ArrayList<>(rungs);
    more.add(evaluation);
    return new Contender(choices, drawn, more);
  }

  /** The last training's outcome. */
  public Evaluation last() {
    return rungs.get(rungs.size() - 1);
  }

  /** Calibrated loss after a training; infinite if it diverged. */
  public double loss(int rung) {
    Evaluation evaluation = rungs.get(rung);
    return evaluation.isFinite() ? evaluation.calibrated() : Double.POSITIVE_INFINITY;
  }

  /** The object as stored. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode discrete = node.putArray("discrete");
    choices.discrete().forEach(discrete::add);
    ArrayNode continuous = node.putArray("continuous");
    choices.continuous().forEach(continuous::add);
    node.put("drawn", drawn);
    Evaluations.write(rungs, node.putArray("rungs"));
    return node;
  }

  /** The contender as it was stored. */
  public static Contender fromJson(JsonNode node) {
    List<Integer> discrete = new ArrayList<>();
    node.path("discrete").forEach(choice -> discrete.add(choice.asInt()));
    List<Double> continuous = new ArrayList<>();
    node.path("continuous").forEach(share -> continuous.add(share.asDouble()));
    List<Evaluation> rungs = Evaluations.read(node.path("rungs"));
    if (rungs.isEmpty()) {
      throw new IllegalArgumentException("a stored contender was trained at least once");
    }
    return new Contender(new Choices(discrete, continuous), node.path("drawn").asBoolean(), rungs);
  }
}
