package io.tandem.report;

import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.Json;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.UserError;
import io.tandem.metric.DecisionThreshold;
import io.tandem.metric.ModelMetrics;
import io.tandem.space.Goal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The one reading of the test part by a run; the file {@code test.json}. It is written before the
 * reading, without a figure, and once more after it.
 *
 * @param network SHA-256 of the network that is tested, hexadecimal
 * @param goal what the network is to do well at
 * @param figure of the goal on the test part; empty until it is known
 * @param loss mean cross-entropy there, nats; NaN until it is known, and in runs of earlier
 *     versions
 * @param metrics all figures there; empty until they are known, of language models, and in runs of
 *     earlier versions
 * @param threshold between two classes that decided the answers; empty if the most probable class
 *     is the answer
 */
public record TestRecord(
    String network,
    Goal goal,
    OptionalDouble figure,
    double loss,
    Optional<ModelMetrics> metrics,
    Optional<DecisionThreshold> threshold) {
  private static final String LOSS = "test.loss";
  private static final String METRICS = "test.metrics";

  /** A reading that is to come. */
  public static TestRecord begun(String network, Goal goal) {
    return new TestRecord(
        network, goal, OptionalDouble.empty(), Double.NaN, Optional.empty(), Optional.empty());
  }

  /**
   * Writes the record in one step and makes it durable.
   *
   * @param disk where to
   * @param file the file
   * @throws UserError if the disk refuses
   */
  public void write(Disk disk, Path file) {
    var object = Json.object().put("network", network);
    figure.ifPresent(value -> object.put(key(goal), Json.measured(value)));
    if (!Double.isNaN(loss)) {
      object.put(LOSS, loss);
    }
    threshold.ifPresent(chosen -> object.set(ThresholdJson.KEY, ThresholdJson.write(chosen)));
    metrics.ifPresent(found -> object.set(METRICS, MetricsJson.write(found)));
    AtomicFile.write(disk, file, Json.pretty(object));
  }

  /**
   * Reads a record, empty if there is none.
   *
   * @param file the file
   * @param goal what the run's networks are to do well at
   * @throws UserError if it is damaged
   */
  public static Optional<TestRecord> read(Path file, Goal goal) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(
        Json.parse(RunDirectory.text(file))
            .filter(object -> object.path("network").isTextual())
            .map(
                object ->
                    new TestRecord(
                        object.path("network").asText(),
                        goal,
                        object.has(key(goal))
                            ? OptionalDouble.of(Json.number(object, key(goal)))
                            : OptionalDouble.empty(),
                        Json.number(object, LOSS),
                        MetricsJson.readModel(object, METRICS),
                        ThresholdJson.read(object)))
            .orElseThrow(
                () ->
                    new UserError(
                        UserError.Kind.RUN,
                        file + ": is damaged; restore it from a copy or start a new run")));
  }

  private static String key(Goal goal) {
    return "test." + goal.text();
  }
}
