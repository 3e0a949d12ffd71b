package io.tandem.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.data.ImageShape;
import io.tandem.data.TableLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The form of {@code model.json}. The file ends with a seal, a hash of everything else that it
 * says: a name that was changed, or a list in another order, would give wrong answers that nobody
 * could tell from right ones. Spaces and the order of the keys do not matter.
 *
 * <p>Files of the first format, of earlier versions, have no seal; of them every value that is
 * needed is checked, but not whether it is still the one that was written.
 */
final class FactsJson {
  private static final int UNSEALED = 1;
  private static final int FORMAT = 2;
  private static final String SEAL = "seal";
  private static final String GRAPH = "graph";
  static final String ENCODING = "encoding";
  private static final String TARGETS = "targets";
  private static final String COLUMN_MISSING = "column_missing";
  private static final String THRESHOLD = "threshold";
  private static final String HASH = "[0-9a-f]{64}";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

  private FactsJson() {}

  /** The text of the file. */
  static String text(ModelFacts facts) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    strings(object.putArray("classes"), facts.classes());
    facts
        .image()
        .ifPresent(
            shape ->
                object
                    .putObject("image")
                    .put("height", shape.height())
                    .put("width", shape.width())
                    .put("channels", shape.channels()));
    facts.table().ifPresent(layout -> write(layout, object.putObject("table")));
    facts.encoding().ifPresent(encoding -> EncodingJson.write(encoding, object.putArray(ENCODING)));
    facts.threshold().ifPresent(probability -> object.put(THRESHOLD, probability));
    facts.graph().ifPresent(sha256 -> object.put(GRAPH, sha256));
    return object.put(SEAL, seal(object)).toPrettyString() + "\n";
  }

  private static void write(TableLayout layout, ObjectNode object) {
    strings(object.putArray("columns"), layout.columns());
    object.put("named", layout.named()).put("label", layout.label());
    ArrayNode features = object.putArray("features");
    layout.features().forEach(features::add);
    if (!layout.targets().isEmpty()) {
      ArrayNode targets = object.putArray(TARGETS);
      layout.targets().forEach(targets::add);
    }
    DialectJson.write(layout.dialect(), object);
    strings(object.putArray("missing"), layout.missing());
    if (!layout.columnMissing().isEmpty()) {
      ArrayNode own = object.putArray(COLUMN_MISSING);
      layout
          .columnMissing()
          .forEach(
              (column, marks) ->
                  strings(own.addObject().put("column", column).putArray("marks"), marks));
    }
  }

  static boolean flag(ObjectNode object, String key) {
    JsonNode value = value(object, key);
    if (!value.isBoolean()) {
      throw wrong(key, "true or false");
    }
    return value.booleanValue();
  }

  static void strings(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  /** The hash of everything but the seal, in one form whatever that of the file. */
  private static String seal(ObjectNode object) {
    ObjectNode rest = object.deepCopy();
    rest.remove(SEAL);
    return ModelFacts.sha256(sorted(rest).toString().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode sorted(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    TreeMap<String, JsonNode> byKey = new TreeMap<>();
    object.properties().forEach(entry -> byKey.put(entry.getKey(), sorted(entry.getValue())));
    return JsonNodeFactory.instance.objectNode().setAll(byKey);
  }

  /**
   * The facts of a file.
   *
   * @param text what it holds
   * @param trusted whether it may have been changed since it was written
   * @throws IllegalArgumentException if they are none, with the reason
   */
  static ModelFacts parse(String text, boolean trusted) {
    ObjectNode object = object(text);
    int format = whole(object, "format");
    if (format != FORMAT && format != UNSEALED) {
      throw new IllegalArgumentException(
          "its format is " + format + ", expected " + UNSEALED + " or " + FORMAT);
    }
    if (!trusted) {
      requireHash(object, GRAPH);
      if (format == FORMAT) {
        requireHash(object, SEAL);
        if (!object.path(SEAL).textValue().equals(seal(object))) {
          throw new IllegalArgumentException("it was changed after the export");
        }
      }
    }
    return new ModelFacts(
        strings(object, "classes"),
        object.has("image") ? Optional.of(image(inner(object, "image"))) : Optional.empty(),
        object.has("table") ? Optional.of(layout(inner(object, "table"))) : Optional.empty(),
        object.has(ENCODING)
            ? Optional.of(EncodingJson.read(array(object, ENCODING)))
            : Optional.empty(),
        Optional.ofNullable(object.path(GRAPH).textValue()),
        object.has(THRESHOLD) ? Optional.of(probability(object)) : Optional.empty());
  }

  private static float probability(ObjectNode object) {
    JsonNode value = value(object, THRESHOLD);
    if (!value.isNumber() || !(value.floatValue() >= 0 && value.floatValue() <= 1)) {
      throw wrong(THRESHOLD, "a probability");
    }
    return value.floatValue();
  }

  private static ObjectNode object(String text) {
    try {
      JsonNode read = READER.readValue(text);
      if (read instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("it is not JSON", broken);
    }
    throw new IllegalArgumentException("it is not a JSON object");
  }

  private static ImageShape image(ObjectNode object) {
    return new ImageShape(
        whole(object, "height"), whole(object, "width"), whole(object, "channels"));
  }

  private static TableLayout layout(ObjectNode object) {
    return new TableLayout(
        strings(object, "columns"),
        flag(object, "named"),
        whole(object, "label"),
        object.has(TARGETS) ? indices(object, TARGETS) : List.of(),
        indices(object, "features"),
        DialectJson.parse(object),
        strings(object, "missing"),
        object.has(COLUMN_MISSING) ? columnMissing(object) : Map.of());
  }

  private static Map<Integer, List<String>> columnMissing(ObjectNode object) {
    Map<Integer, List<String>> own = new TreeMap<>();
    for (JsonNode element : array(object, COLUMN_MISSING)) {
      if (!(element instanceof ObjectNode column)) {
        throw wrong(COLUMN_MISSING, "a list of objects");
      }
      own.put(whole(column, "column"), strings(column, "marks"));
    }
    return own;
  }

  static List<Integer> indices(ObjectNode object, String key) {
    List<Integer> indices = new ArrayList<>();
    for (JsonNode index : array(object, key)) {
      indices.add(whole(index, key));
    }
    return indices;
  }

  static List<String> strings(ObjectNode object, String key) {
    List<String> values = new ArrayList<>();
    for (JsonNode element : array(object, key)) {
      values.add(text(element, key));
    }
    return values;
  }

  static ArrayNode array(ObjectNode object, String key) {
    if (value(object, key) instanceof ArrayNode array) {
      return array;
    }
    throw wrong(key, "a list");
  }

  static ObjectNode inner(ObjectNode object, String key) {
    if (value(object, key) instanceof ObjectNode inner) {
      return inner;
    }
    throw wrong(key, "an object");
  }

  static String text(JsonNode value, String key) {
    if (!value.isTextual()) {
      throw wrong(key, "text in quotes");
    }
    return value.textValue();
  }

  static int whole(ObjectNode object, String key) {
    return whole(value(object, key), key);
  }

  private static int whole(JsonNode value, String key) {
    if (!value.isInt()) {
      throw wrong(key, "whole numbers");
    }
    return value.intValue();
  }

  private static void requireHash(ObjectNode object, String key) {
    if (!text(value(object, key), key).matches(HASH)) {
      throw wrong(key, "a SHA-256 in hexadecimal digits");
    }
  }

  static JsonNode value(ObjectNode object, String key) {
    JsonNode value = object.get(key);
    if (value == null) {
      throw new IllegalArgumentException("its key '" + key + "' is missing");
    }
    return value;
  }

  static IllegalArgumentException wrong(String key, String expected) {
    return new IllegalArgumentException("'" + key + "' is not " + expected);
  }
}
