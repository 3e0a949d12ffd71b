package io.tandem.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.disk.UserError;
import io.tandem.space.Goal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings that are fixed when a comparison starts; the file {@code compare.json}.
 *
 * @param name name of the experiment
 * @param arms what is compared, the reference first
 * @param configHashes SHA-256 of the effective configuration of each arm with the first seed,
 *     hexadecimal
 * @param seeds of every arm, in order
 * @param offsetPerSeed from one seed's block of the data to the next, examples or lines; 0 is none
 * @param metric by which arms are compared
 * @param goal of the networks
 * @param command command line that began it
 * @param started when it began
 * @param version version of the program
 */
public record ComparisonManifest(
    String name,
    List<Arm> arms,
    List<String> configHashes,
    List<Long> seeds,
    int offsetPerSeed,
    Metric metric,
    Goal goal,
    String command,
    Instant started,
    String version) {
  /** Copies the lists. */
  public ComparisonManifest {
    arms = List.copyOf(arms);
    configHashes = List.copyOf(configHashes);
    seeds = List.copyOf(seeds);
  }

  /**
   * All cells in the order in which they are run: all arms with the first seed, then all with the
   * second, so that what is there is paired whenever it ends.
   */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (int block = 0; block < seeds.size(); block++) {
      for (Arm arm : arms) {
        cells.add(new Cell(cells.size() + 1, arm, seeds.get(block), block));
      }
    }
    return cells;
  }

  /**
   * Refuses to resume with other arms.
   *
   * @param path of the comparison
   * @param others those given now
   * @throws UserError if they are not the same
   */
  public void requireArms(String path, List<Arm> others) {
    if (!arms.equals(others)) {
      throw other(path, "arms", text(arms), text(others));
    }
  }

  /**
   * Refuses to resume with other seeds.
   *
   * @param path of the comparison
   * @param others those given now
   * @throws UserError if they are not the same
   */
  public void requireSeeds(String path, List<Long> others) {
    if (!seeds.equals(others)) {
      throw other(path, "seeds", joined(seeds), joined(others));
    }
  }

  /**
   * Refuses to resume with other blocks.
   *
   * @param path of the comparison
   * @param other distance given now
   * @throws UserError if it is not the same
   */
  public void requireOffset(String path, int other) {
    if (offsetPerSeed != other) {
      throw other(path, "offset per seed", "" + offsetPerSeed, "" + other);
    }
  }

  private static UserError other(String path, String what, String begun, String given) {
    return new UserError(
        UserError.Kind.USAGE,
        path
            + ": the comparison began with the "
            + what
            + " "
            + begun
            + ", not "
            + given
            + "; resume it without them, or start a new one");
  }

  private static String text(List<Arm> arms) {
    return joined(
        arms.stream().map(arm -> arm.name() + " (" + joined(arm.overrides()) + ")").toList());
  }

  private static String joined(List<?> items) {
    return String.join(", ", items.stream().map(String::valueOf).toList());
  }

  /** The object as stored. */
  ObjectNode toJson() {
    ObjectNode object =
        Json.object().put("format", 1).put("name", name).put("started", started.toString());
    object.put("version", version).put("command", command).put("goal", goal.text());
    object.put("metric", metric.text()).put("offset_per_seed", offsetPerSeed);
    seeds.forEach(object.putArray("seeds")::add);
    ArrayNode list = object.putArray("arms");
    for (int index = 0; index < arms.size(); index++) {
      list.add(arms.get(index).toJson().put("config_hash", configHashes.get(index)));
    }
    return object;
  }

  /** Reads the text of {@code compare.json}; empty if it is not one. */
  static Optional<ComparisonManifest> parse(String text) {
    return Json.parse(text)
        .filter(object -> object.path("seeds").size() > 0 && object.path("arms").size() > 0)
        .flatMap(
            object -> {
              try {
                return Optional.of(fromJson(object));
              } catch (DateTimeException | IllegalArgumentException | UserError altered) {
                return Optional.empty();
              }
            });
  }

  private static ComparisonManifest fromJson(ObjectNode object) {
    List<Arm> arms = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (JsonNode arm : object.path("arms")) {
      arms.add(Arm.fromJson(arm));
      hashes.add(arm.path("config_hash").asText());
    }
    List<Long> seeds = new ArrayList<>();
    object.path("seeds").forEach(seed -> seeds.add(seed.asLong()));
    return new ComparisonManifest(
        object.path("name").asText(),
        arms,
        hashes,
        seeds,
        object.path("offset_per_seed").asInt(),
        Metric.valueOf(object.path("metric").asText().toUpperCase(Locale.ROOT)),
        Goal.valueOf(object.path("goal").asText().toUpperCase(Locale.ROOT)),
        object.path("command").asText(),
        Instant.parse(object.path("started").asText()),
        object.path("version").asText());
  }
}
