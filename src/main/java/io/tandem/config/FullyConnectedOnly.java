package io.tandem.config;

import io.tandem.config.proto.Experiment;
import io.tandem.disk.NextCommand;
import java.util.function.BiConsumer;

/** What other networks than fully connected ones do not go together with so far. */
final class FullyConnectedOnly {
  private final Experiment experiment;
  private final String space;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param space path of its networks, for example {@code space.macro}
   * @param found takes path and text of a problem
   */
  FullyConnectedOnly(Experiment experiment, String space, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.space = space;
    this.found = found;
  }

  void check() {
    if (TuneChecks.isTuning(experiment.getTune())) {
      found.accept(
          space,
          "not allowed where tune tunes something: "
              + NextCommand.of("tune")
              + " trains only fully connected networks so far; use space.perceptron");
      return;
    }
    int steps = experiment.getSearch().getRefine().getSteps();
    if (steps > 0) {
      found.accept(
          "search.refine.steps",
          steps
              + " is not allowed with "
              + space
              + ": only fully connected networks are refined so far;"
              + " use 0 or space.perceptron");
    }
  }
}
