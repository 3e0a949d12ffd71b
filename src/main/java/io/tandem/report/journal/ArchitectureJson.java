package io.tandem.report.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.space.Activation;
import io.tandem.space.Architecture;
import io.tandem.space.CellActivation;
import io.tandem.space.CellOperation;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.RecurrentArchitecture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Architectures as JSON. An object per layer, from the input on: {@code units}, {@code activation},
 * {@code dropout} and {@code adds} of a perceptron, and {@code place} where it is another layer of
 * the space than its number says because layers before it are left out, and {@code embedding}, the
 * length of the embeddings, in the first layer if there are any; {@code operation} and {@code adds}
 * of a macro network. Of a micro network an object per block, those of the normal cell before those
 * of the reduction cell: {@code cell}, and {@code first} and {@code second} with {@code source} and
 * {@code operation} each. Of a recurrent cell an object per node: {@code node}, which is its
 * number, {@code source}, which is that of the node that it reads and is missing in node 0, and
 * {@code activation}.
 */
final class ArchitectureJson {
  private static final String OPERATION = "operation";
  private static final String ADDS = "adds";
  private static final String PLACE = "place";
  private static final String CELL = "cell";
  private static final String NORMAL = "normal";
  private static final String REDUCTION = "reduction";
  private static final String SOURCE = "source";
  private static final String FIRST = "first";
  private static final String SECOND = "second";
  private static final String NODE = "node";
  private static final String ACTIVATION = "activation";
  private static final String EMBEDDING = "embedding";

  private ArchitectureJson() {}

  static ArrayNode write(Architecture architecture) {
    ArrayNode array = Json.object().arrayNode();
    return architecture.match(
        perceptron -> perceptron(perceptron, array),
        macro -> macro(macro, array),
        micro -> {
          write(NORMAL, micro.normal(), array);
          write(REDUCTION, micro.reduction(), array);
          return array;
        },
        recurrent -> recurrent(recurrent, array));
  }

  private static ArrayNode perceptron(PerceptronArchitecture architecture, ArrayNode layers) {
    for (int index = 0; index < architecture.layers().size(); index++) {
      PerceptronArchitecture.Layer layer = architecture.layers().get(index);
      ObjectNode object =
          layers
              .addObject()
              .put("units", layer.units())
              .put(ACTIVATION, Json.lower(layer.activation()))
              .put("dropout", layer.dropout());
      layer.skips().forEach(object.putArray(ADDS)::add);
      if (index == 0 && architecture.embedding() > 0) {
        object.put(EMBEDDING, architecture.embedding());
      }
      int place = architecture.places().get(index);
      if (place != index) {
        object.put(PLACE, place);
      }
    }
    return layers;
  }

  private static ArrayNode macro(MacroArchitecture architecture, ArrayNode layers) {
    for (MacroArchitecture.Layer layer : architecture.layers()) {
      ArrayNode adds = layers.addObject().put(OPERATION, layer.operation().key()).putArray(ADDS);
      layer.skips().forEach(adds::add);
    }
    return layers;
  }

  private static void write(String name, MicroArchitecture.Cell cell, ArrayNode blocks) {
    for (MicroArchitecture.Block block : cell.blocks()) {
      ObjectNode object = blocks.addObject().put(CELL, name);
      write(block.first(), object.putObject(FIRST));
      write(block.second(), object.putObject(SECOND));
    }
  }

  private static void write(MicroArchitecture.Value value, ObjectNode object) {
    object.put(SOURCE, MicroArchitecture.name(value.source()));
    object.put(OPERATION, value.operation().key());
  }

  private static ArrayNode recurrent(RecurrentArchitecture cell, ArrayNode nodes) {
    nodes.addObject().put(NODE, 0).put(ACTIVATION, cell.first().key());
    for (RecurrentArchitecture.Node node : cell.nodes()) {
      nodes
          .addObject()
          .put(NODE, nodes.size() - 1)
          .put(SOURCE, node.source())
          .put(ACTIVATION, node.activation().key());
    }
    return nodes;
  }

  /**
   * The architecture in an array.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Architecture read(JsonNode array) {
    if (!array.isArray()) {
      throw new IllegalArgumentException("an architecture is an array");
    }
    JsonNode first = array.path(0);
    if (first.has(CELL)) {
      return new MicroArchitecture(cell(NORMAL, array), cell(REDUCTION, array));
    }
    if (first.has(NODE)) {
      return recurrent(array);
    }
    return first.has(OPERATION) ? macro(array) : perceptron(array);
  }

  private static PerceptronArchitecture perceptron(JsonNode array) {
    List<PerceptronArchitecture.Layer> layers = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (JsonNode layer : array) {
      places.add(layer.path(PLACE).asInt(layers.size()));
      layers.add(
          new PerceptronArchitecture.Layer(
              layer.path("units").asInt(),
              Json.choice(Activation.class, layer, ACTIVATION),
              layer.path("dropout").asDouble(),
              adds(layer)));
    }
    return new PerceptronArchitecture(layers, places, array.path(0).path(EMBEDDING).asInt());
  }

  private static MacroArchitecture macro(JsonNode array) {
    List<MacroArchitecture.Layer> layers = new ArrayList<>();
    for (JsonNode layer : array) {
      layers.add(
          new MacroArchitecture.Layer(
              Json.choice(ConvolutionOperation.class, layer, OPERATION), adds(layer)));
    }
    return new MacroArchitecture(layers);
  }

  private static List<Integer> adds(JsonNode layer) {
    List<Integer> adds = new ArrayList<>();
    layer.path(ADDS).forEach(index -> adds.add(index.asInt()));
    return adds;
  }

  private static MicroArchitecture.Cell cell(String name, JsonNode array) {
    List<MicroArchitecture.Block> blocks = new ArrayList<>();
    for (JsonNode block : array) {
      String cell = block.path(CELL).asText();
      if (cell.equals(name)) {
        MicroArchitecture.Value first = value(block.path(FIRST), blocks.size());
        blocks.add(new MicroArchitecture.Block(first, value(block.path(SECOND), blocks.size())));
      } else if (!cell.equals(NORMAL) && !cell.equals(REDUCTION)) {
        throw Json.unknown(CELL, cell, List.of(NORMAL, REDUCTION));
      }
    }
    return new MicroArchitecture.Cell(blocks);
  }

  private static MicroArchitecture.Value value(JsonNode object, int block) {
    String found = object.path(SOURCE).asText();
    List<String> allowed = new ArrayList<>();
    for (int source = 0; source < MicroArchitecture.sources(block); source++) {
      String name = MicroArchitecture.name(source);
      if (name.equals(found)) {
        return new MicroArchitecture.Value(
            source, Json.choice(CellOperation.class, object, OPERATION));
      }
      allowed.add(name);
    }
    throw Json.unknown("block " + block + ": " + SOURCE, found, allowed);
  }

  private static RecurrentArchitecture recurrent(JsonNode array) {
    List<RecurrentArchitecture.Node> nodes = new ArrayList<>();
    for (int node = 0; node < array.size(); node++) {
      JsonNode object = array.path(node);
      one("entry " + node + ": " + NODE, object.path(NODE), node, node);
      if (node > 0) {
        int source = one("node " + node + ": " + SOURCE, object.path(SOURCE), 0, node - 1);
        nodes.add(new RecurrentArchitecture.Node(source, activation(object)));
      } else if (object.has(SOURCE)) {
        throw new IllegalArgumentException("node 0 reads input and state, it has no " + SOURCE);
      }
    }
    return new RecurrentArchitecture(activation(array.path(0)), nodes);
  }

  private static CellActivation activation(JsonNode object) {
    return Json.choice(CellActivation.class, object, ACTIVATION);
  }

  private static int one(String what, JsonNode found, int min, int max) {
    if (!found.isInt() || found.asInt() < min || found.asInt() > max) {
      List<String> allowed = IntStream.rangeClosed(min, max).mapToObj(Integer::toString).toList();
      throw Json.unknown(what, found.asText(), allowed);
    }
    return found.asInt();
  }
}
