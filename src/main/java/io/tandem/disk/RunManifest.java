package io.tandem.disk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.space.Goal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is fixed when a run begins; the file {@code run.json}.
 *
 * @param name name of the experiment
 * @param seed seed of every random draw
 * @param strategy search strategy in lower case
 * @param command command line that began it
 * @param started when it began
 * @param version version of the program
 * @param configHash SHA-256 of the effective configuration, hexadecimal
 * @param goal what its networks are to do well at
 * @param data source of its data: a path, or {@code digits}; empty for runs of earlier versions
 * @param metric what its candidates are ranked by, for people; empty for the loss
 */
public record RunManifest(
    String name,
    long seed,
    String strategy,
    String command,
    Instant started,
    String version,
    String configHash,
    Goal goal,
    Optional<String> data,
    Optional<String> metric) {

  /** The strategy of a tuning, which searches nothing. */
  public static final String TUNE = "tune";

  /** Of a run of an earlier version whose networks tell classes apart. */
  public RunManifest(
      String name,
      long seed,
      String strategy,
      String command,
      Instant started,
      String version,
      String configHash) {
    this(
        name,
        seed,
        strategy,
        command,
        started,
        version,
        configHash,
        Goal.ACCURACY,
        Optional.empty(),
        Optional.empty());
  }

  /** Whether the run is a tuning. */
  public boolean isTuning() {
    return strategy.equals(TUNE);
  }

  /** The object as stored. */
  public ObjectNode toJson() {
    ObjectNode object =
        Json.object()
            .put("format", 1)
            .put("name", name)
            .put("seed", seed)
            .put("strategy", strategy)
            .put("command", command)
            .put("started", started.toString())
            .put("version", version)
            .put("configHash", configHash)
            .put("goal", goal.text());
    data.ifPresent(source -> object.put("data", source));
    metric.ifPresent(name -> object.put("metric", name));
    return object;
  }

  /** Reads the text of {@code run.json}; empty if it is not one. */
  static Optional<RunManifest> parse(String text) {
    return Json.parse(text)
        .filter(object -> object.path("seed").isIntegralNumber() && object.has("started"))
        .flatMap(
            object -> {
              try {
                return Optional.of(
                    new RunManifest(
                        object.path("name").asText(),
                        object.path("seed").asLong(),
                        object.path("strategy").asText(),
                        object.path("command").asText(),
                        Instant.parse(object.path("started").asText()),
                        object.path("version").asText(),
                        object.path("configHash").asText(),
                        goal(object.path("goal").asText()),
                        text(object, "data"),
                        text(object, "metric")));
              } catch (DateTimeException notATime) {
                return Optional.empty();
              }
            });
  }

  private static Optional<String> text(ObjectNode object, String key) {
    return Optional.of(object.path(key).asText()).filter(value -> !value.isEmpty());
  }

  /** Runs of earlier versions name none: their networks tell classes apart. */
  private static Goal goal(String text) {
    return Arrays.stream(Goal.values())
        .filter(goal -> goal.text().equals(text))
        .findFirst()
        .orElse(Goal.ACCURACY);
  }
}
