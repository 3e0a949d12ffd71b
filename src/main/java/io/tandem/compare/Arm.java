package io.tandem.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.disk.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One of the things that are compared: an experiment with some settings of its own.
 *
 * @param name what people call it: letters, digits, {@code _}, {@code -} and {@code .}, at most 40,
 *     with a letter or digit first
 * @param overrides its settings, each {@code path=value}; none is the configuration as it is
 */
public record Arm(String name, List<String> overrides) {
  private static final int MOST = 20;

  /** A comma between two settings; those between the values of a list have no path behind them. */
  private static final String BETWEEN = ",(?=\\s*[a-z][a-z0-9_.]*\\s*=)";

  /**
   * Checks the name.
   *
   * @throws UserError if it is not allowed
   */
  public Arm {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "arm \""
              + name.replaceAll("\\p{Cntrl}", " ")
              + "\": not a name, expected letters, digits, '_', '-' and '.', at most 40");
    }
    overrides = overrides.stream().map(String::strip).toList();
  }

  /**
   * Reads {@code NAME:path=value,path=value}.
   *
   * @param text as typed, with the colon
   * @throws UserError if the name is not allowed
   */
  public static Arm parse(String text) {
    int colon = text.indexOf(':');
    String settings = text.substring(colon + 1).strip();
    return new Arm(
        text.substring(0, colon).strip(),
        settings.isEmpty() ? List.of() : List.of(settings.split(BETWEEN, -1)));
  }

  /**
   * Refuses arms whose names differ at most in capitals, and fewer than two arms.
   *
   * @param arms the first is the reference
   * @throws UserError if a comparison cannot have them
   */
  public static void requireComparable(List<Arm> arms) {
    Set<String> names = new HashSet<>();
    for (Arm arm : arms) {
      // Directories are named after them, on some systems without regard to capitals.
      if (!names.add(arm.name().toLowerCase(Locale.ROOT))) {
        throw new UserError(
            UserError.Kind.USAGE,
            "arm " + arm.name() + ": given twice, expected different names; rename one");
      }
    }
    if (arms.size() < 2 || arms.size() > MOST) {
      throw new UserError(
          UserError.Kind.USAGE,
          "arms: "
              + arms.size()
              + " given, expected 2.."
              + MOST
              + ", the reference first; name them, for example --arms joint,random");
    }
  }

  /** The object as stored. */
  ObjectNode toJson() {
    ObjectNode object = Json.object().put("name", name);
    overrides.forEach(object.putArray("set")::add);
    return object;
  }

  /** Reads the object back. */
  static Arm fromJson(JsonNode object) {
    List<String> overrides = new ArrayList<>();
    object.path("set").forEach(override -> overrides.add(override.asText()));
    return new Arm(object.path("name").asText(), overrides);
  }
}
