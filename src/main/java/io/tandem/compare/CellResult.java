package io.tandem.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.space.Goal;
import java.util.List;
import java.util.Optional;

/**
 * The result of a cell: the run of one arm with one seed.
 *
 * @param cell which
 * @param goal of its networks
 * @param test figure of the goal on the test part; NaN if the cell is lost
 * @param testLoss mean cross-entropy there, nats
 * @param validation figure of the goal on the validation part
 * @param validationLoss mean cross-entropy there, nats
 * @param examples training examples of the whole run
 * @param seconds wall-clock seconds of the whole run
 * @param processorSeconds processor time of all threads
 * @param lost why there is no result, if there is none
 */
record CellResult(
    Cell cell,
    Goal goal,
    double test,
    double testLoss,
    double validation,
    double validationLoss,
    long examples,
    double seconds,
    double processorSeconds,
    Optional<String> lost) {
  /** That of a cell whose networks diverged: it counts as worse than all that have a result. */
  static CellResult lost(Cell cell, Goal goal, double processorSeconds, String why) {
    double none = Double.NaN;
    return new CellResult(
        cell, goal, none, none, none, none, 0, none, processorSeconds, Optional.of(why));
  }

  /** The columns of {@code results.csv}. */
  static List<String> columns(Goal goal) {
    return List.of(
        "arm",
        "seed",
        "test." + goal.text(),
        "test.loss",
        "validation." + goal.text(),
        "validation.loss",
        "budget.examples",
        "budget.seconds",
        "budget.processor_seconds",
        "lost");
  }

  /** The row of {@code results.csv}; what is not known is null. */
  ObjectNode toJson() {
    return Json.object()
        .put("arm", cell.arm().name())
        .put("seed", cell.seed())
        .put("test." + goal.text(), Json.measured(test))
        .put("test.loss", Json.measured(testLoss))
        .put("validation." + goal.text(), Json.measured(validation))
        .put("validation.loss", Json.measured(validationLoss))
        .put("budget.examples", lost.isPresent() ? null : Long.valueOf(examples))
        .put("budget.seconds", Json.measured(seconds))
        .put("budget.processor_seconds", Json.measured(processorSeconds))
        .put("lost", lost.orElse(""));
  }
}
