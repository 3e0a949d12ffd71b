package io.tandem.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON text: objects keep the order in which their fields were put. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** A new object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A value in one line, without spaces. */
  public static String compact(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The text of a node over many lines, with a line break at its end. */
  public static String pretty(JsonNode node) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The object that a text holds, empty if it holds anything else. */
  public static Optional<ObjectNode> parse(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /**
   * A number; the strings {@code NaN} and {@code ±Infinity} stand for what JSON has no word for.
   */
  public static double number(JsonNode object, String key) {
    JsonNode value = object.path(key);
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }

  /** A value as it is put into an object: what was not measured, NaN, is {@code null}. */
  public static @Nullable Double measured(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }

  /** A constant's name in lower case. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The constant that a field names in lower case.
   *
   * @throws IllegalArgumentException if it names none, with what is allowed
   */
  public static <E extends Enum<E>> E choice(Class<E> type, JsonNode object, String key) {
    String found = object.path(key).asText();
    List<String> allowed = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (lower(constant).equals(found)) {
        return constant;
      }
      allowed.add(lower(constant));
    }
    throw unknown(key, found, allowed);
  }

  /** Says that a text is none of those that are allowed. */
  public static IllegalArgumentException unknown(String what, String found, List<String> allowed) {
    return new IllegalArgumentException(
        what + " \"" + found + "\" is not known, expected " + String.join(", ", allowed));
  }
}
