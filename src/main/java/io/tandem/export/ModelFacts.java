package io.tandem.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.data.ImageShape;
import io.tandem.data.TableLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a client has to know of an exported model and its graph does not tell; the file {@code
 * assets.extra/model.json}.
 *
 * @param classes names of the classes, in the order of the probabilities; empty for a language
 *     model
 * @param image shape of the images that it takes; empty if it takes none
 * @param table where the features are in the table that the model was trained on; empty if it was
 *     trained on no table
 * @param graph SHA-256 of the graph's file, hexadecimal; empty if it is not known
 */
public record ModelFacts(
    List<String> classes,
    Optional<ImageShape> image,
    Optional<TableLayout> table,
    Optional<String> graph) {
  /** Name of the file. */
  public static final String FILE = "model.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int FORMAT = 1;

  /** Copies the list. */
  public ModelFacts {
    classes = List.copyOf(classes);
  }

  /** Of a model that is not exported yet. */
  public ModelFacts(List<String> classes, Optional<ImageShape> image, Optional<TableLayout> table) {
    this(classes, image, table, Optional.empty());
  }

  /**
   * The same of a model that is exported.
   *
   * @param file the bytes of its graph
   */
  ModelFacts sealing(byte[] file) {
    return new ModelFacts(classes, image, table, Optional.of(sha256(file)));
  }

  /**
   * Whether the graph is the one that was exported; true as well if its hash is not known.
   *
   * @param file the bytes of the graph
   */
  public boolean fit(byte[] file) {
    return graph.isEmpty() || graph.get().equals(sha256(file));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has it", impossible);
    }
  }

  /** The text of the file. */
  public String text() {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    strings(object.putArray("classes"), classes);
    image.ifPresent(
        shape ->
            object
                .putObject("image")
                .put("height", shape.height())
                .put("width", shape.width())
                .put("channels", shape.channels()));
    table.ifPresent(layout -> write(layout, object.putObject("table")));
    graph.ifPresent(sha256 -> object.put("graph", sha256));
    return object.toPrettyString() + "\n";
  }

  private static void write(TableLayout layout, ObjectNode object) {
    strings(object.putArray("columns"), layout.columns());
    object.put("named", layout.named()).put("label", layout.label());
    ArrayNode features = object.putArray("features");
    layout.features().forEach(features::add);
    object.put("delimiter", String.valueOf(layout.delimiter()));
    strings(object.putArray("missing"), layout.missing());
  }

  private static void strings(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  /**
   * The facts of a file.
   *
   * @param text what it holds
   * @throws IllegalArgumentException if they are none, with the reason
   */
  public static ModelFacts parse(String text) {
    try {
      JsonNode object = MAPPER.readTree(text);
      if (object == null || object.path("format").asInt() != FORMAT) {
        throw new IllegalArgumentException("its format is not " + FORMAT);
      }
      return new ModelFacts(
          strings(object.path("classes")),
          object.has("image") ? Optional.of(image(object.path("image"))) : Optional.empty(),
          object.has("table") ? Optional.of(layout(object.path("table"))) : Optional.empty(),
          object.has("graph") ? Optional.of(object.path("graph").asText()) : Optional.empty());
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("it is not JSON", broken);
    }
  }

  private static ImageShape image(JsonNode object) {
    return new ImageShape(
        object.path("height").asInt(),
        object.path("width").asInt(),
        object.path("channels").asInt());
  }

  private static TableLayout layout(JsonNode object) {
    List<Integer> features = new ArrayList<>();
    object.path("features").forEach(index -> features.add(index.asInt(-1)));
    String delimiter = object.path("delimiter").asText();
    if (delimiter.length() != 1) {
      throw new IllegalArgumentException("its delimiter is not one character");
    }
    return new TableLayout(
        strings(object.path("columns")),
        object.path("named").asBoolean(),
        object.path("label").asInt(-1),
        features,
        delimiter.charAt(0),
        strings(object.path("missing")));
  }

  private static List<String> strings(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asText()));
    return values;
  }
}
