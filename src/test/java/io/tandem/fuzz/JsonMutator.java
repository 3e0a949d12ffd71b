package io.tandem.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes values of a JSON object; what comes out is JSON again. */
final class JsonMutator {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonMutator() {}

  /** A copy with one to three changes. */
  static ObjectNode mutate(ObjectNode object, Random random) {
    ObjectNode copy = object.deepCopy();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      List<JsonNode> containers = new ArrayList<>();
      collect(copy, containers);
      change(TextMutator.pick(containers, random), random);
    }
    return copy;
  }

  private static void collect(JsonNode node, List<JsonNode> found) {
    if (node.isContainerNode()) {
      found.add(node);
      node.forEach(child -> collect(child, found));
    }
  }

  private static void change(JsonNode node, Random random) {
    if (node instanceof ArrayNode array) {
      change(array, random);
    } else if (node instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = TextMutator.pick(names, random);
      switch (random.nextInt(6)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(name + "x", object.remove(name));
        case 2 -> object.set(TextMutator.pick(names, random), object.path(name).deepCopy());
        default -> object.set(name, value(object.path(name), random));
      }
    }
  }

  private static void change(ArrayNode array, Random random) {
    int place = random.nextInt(array.size() + 1);
    switch (random.nextInt(4)) {
      case 0 -> array.remove(place);
      case 1 -> array.insert(place, array.isEmpty() ? NODES.nullNode() : array.get(0).deepCopy());
      case 2 -> array.removeAll();
      default -> array.insert(place, value(NODES.nullNode(), random));
    }
  }

  private static JsonNode value(JsonNode former, Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.textNode("");
      case 2 -> NODES.textNode(TextMutator.mutate(former.asText(), random));
      case 3 -> NODES.numberNode(former.asLong() * -1 - 1);
      case 4 -> NODES.numberNode(Long.MAX_VALUE - random.nextInt(2));
      case 5 -> NODES.numberNode(BigInteger.TEN.pow(40));
      case 6 -> NODES.numberNode(Double.MAX_VALUE);
      case 7 -> NODES.textNode("NaN");
      case 8 -> NODES.arrayNode().add(former.deepCopy());
      case 9 -> NODES.objectNode();
      case 10 -> NODES.booleanNode(random.nextBoolean());
      default -> NODES.numberNode(former.asLong() + random.nextInt(7) - 3);
    };
  }
}
