package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.report.UserError;

/** What is there for fully connected networks only so far. */
final class FullyConnected {
  private FullyConnected() {}

  /**
   * Refuses an experiment with other networks.
   *
   * @param experiment checked configuration
   * @param command what cannot be done, for example {@code tandem audit}
   */
  static void require(Experiment experiment, String command) {
    boolean other =
        experiment
            .space()
            .architecture()
            .match(perceptrons -> false, macros -> true, micros -> true);
    if (other) {
      throw new UserError(
          UserError.Kind.USAGE,
          "space.macro: not allowed with "
              + command
              + ", which is for fully connected networks only so far; use space.perceptron");
    }
  }
}
