package io.tandem.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How the first of two searches ended.
 *
 * @param winner its winner, of which the second search keeps the architecture or the optimizer
 * @param position steps and candidates done in it
 * @param examples training examples seen in it
 * @param seconds of the run at which it ended
 */
public record FirstStage(Scored winner, long position, long examples, double seconds) {
  /** Checks that it has done something. */
  public FirstStage {
    if (position < 1 || examples < 1 || !(seconds >= 0)) {
      throw new IllegalArgumentException("a search that has ended has tried something");
    }
  }

  /** The object as stored. */
  ObjectNode toJson() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("position", position)
            .put("examples", examples)
            .put("seconds", seconds);
    node.set("winner", winner.toJson());
    return node;
  }

  /** The end as it was stored. */
  static FirstStage fromJson(JsonNode node) {
    return new FirstStage(
        Scored.fromJson(node.path("winner"))
            .orElseThrow(() -> new IllegalArgumentException("a first search without a winner")),
        node.path("position").asLong(),
        node.path("examples").asLong(),
        node.path("seconds").asDouble());
  }
}
