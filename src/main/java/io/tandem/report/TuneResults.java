package io.tandem.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.Json;
import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.UserError;
import io.tandem.space.Goal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The outcome of a tuning; its file {@code result.json}, an object with flat, dotted keys.
 *
 * @param goal what the network is to do well at
 * @param outer what was minimised: {@code validation} or {@code training} loss
 * @param lossBefore it at the initial point
 * @param lossAfter it at the best point, never above {@code lossBefore}
 * @param scoreBefore share of the validation rows classified correctly at the initial point, 0..1;
 *     of numbers R²
 * @param validationScore the same at the best point
 * @param testScore the same on the test rows after the tuned training; the test part is read once
 * @param testLoss mean loss on the test rows, of classes in nats
 * @param bestStep outer steps before the best point
 * @param steps outer steps done
 * @param hyperparameters by key: granularity, initial value, and the values found
 * @param budgetExamples rows seen by the whole run
 * @param budgetSeconds wall-clock seconds of the whole run, over all sessions
 * @param seed seed of every random draw
 */
public record TuneResults(
    Goal goal,
    String outer,
    double lossBefore,
    double lossAfter,
    double scoreBefore,
    double validationScore,
    double testScore,
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
            .put("validation." + goal.text() + ".before", scoreBefore)
            .put("validation." + goal.text(), validationScore)
            .put("test." + goal.text(), testScore)
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
    Goal goal = object.has("test." + Goal.R2.text()) ? Goal.R2 : Goal.ACCURACY;
    return new TuneResults(
        goal,
        object.path("outer").asText(),
        Json.number(object, "outer.loss.before"),
        Json.number(object, "outer.loss.after"),
        Json.number(object, "validation." + goal.text() + ".before"),
        Json.number(object, "validation." + goal.text()),
        Json.number(object, "test." + goal.text()),
        Json.number(object, "test.loss"),
        object.path("best.step").asLong(),
        object.path("steps").asLong(),
        object.path("hyperparameters") instanceof ObjectNode found ? found : Json.object(),
        object.path("budget.examples").asLong(),
        Json.number(object, "budget.seconds"),
        object.path("seed").asLong());
  }
}
