package io.tandem.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.Json;
import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The outcome of a tuning; its file {@code result.json}, an object with flat, dotted keys.
 *
 * @param outer what was minimised: {@code validation} or {@code training} loss
 * @param lossBefore it at the initial point
 * @param lossAfter it at the best point, never above {@code lossBefore}
 * @param accuracyBefore validation accuracy at the initial point, 0..1
 * @param validationAccuracy validation accuracy at the best point
 * @param testAccuracy share of test rows classified correctly after the tuned training; the test
 *     part is read once
 * @param testLoss cross-entropy on the test rows, nats
 * @param bestStep outer steps before the best point
 * @param steps outer steps done
 * @param hyperparameters by key: granularity, initial value, and the values found
 * @param budgetExamples rows seen by the whole run
 * @param budgetSeconds wall-clock seconds of the whole run, over all sessions
 * @param seed seed of every random draw
 */
public record TuneResults(
    String outer,
    double lossBefore,
    double lossAfter,
    double accuracyBefore,
    double validationAccuracy,
    double testAccuracy,
    double testLoss,
    long bestStep,
    long steps,
    ObjectNode hyperparameters,
    long budgetExamples,
    double budgetSeconds,
    long seed) {

  /** The object as stored. */
  public ObjectNode toJson() {
    ObjectNode object =
        Json.object()
            .put("outer", outer)
            .put("outer.loss.before", lossBefore)
            .put("outer.loss.after", lossAfter)
            .put("validation.accuracy.before", accuracyBefore)
            .put("validation.accuracy", validationAccuracy)
            .put("test.accuracy", testAccuracy)
            .put("test.loss", testLoss)
            .put("best.step", bestStep)
            .put("steps", steps);
    object.set("hyperparameters", hyperparameters);
    return object
        .put("budget.examples", budgetExamples)
        .put("budget.seconds", budgetSeconds)
        .put("seed", seed);
  }

  /**
   * Writes the result in one step.
   *
   * @param disk where to
   * @param file the file
   * @throws UserError if the disk refuses
   */
  public void write(Disk disk, Path file) {
    AtomicFile.write(disk, file, Json.pretty(toJson()));
  }

  /**
   * Reads a result, empty if there is none.
   *
   * @param file the file
   * @throws UserError if it is damaged
   */
  public static Optional<TuneResults> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(
        Json.parse(RunDirectory.text(file))
            .filter(object -> object.has("outer.loss.after"))
            .map(TuneResults::of)
            .orElseThrow(
                () ->
                    new UserError(
                        UserError.Kind.RUN,
                        file + ": is damaged; delete it, then " + NextCommand.goOn(file))));
  }

  private static TuneResults of(ObjectNode object) {
    return new TuneResults(
        object.path("outer").asText(),
        Json.number(object, "outer.loss.before"),
        Json.number(object, "outer.loss.after"),
        Json.number(object, "validation.accuracy.before"),
        Json.number(object, "validation.accuracy"),
        Json.number(object, "test.accuracy"),
        Json.number(object, "test.loss"),
        object.path("best.step").asLong(),
        object.path("steps").asLong(),
        object.path("hyperparameters") instanceof ObjectNode found ? found : Json.object(),
        object.path("budget.examples").asLong(),
        Json.number(object, "budget.seconds"),
        object.path("seed").asLong());
  }
}
