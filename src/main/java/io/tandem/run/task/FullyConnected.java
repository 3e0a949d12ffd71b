package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.disk.UserError;
import java.util.Optional;

/** What is there for fully connected networks only so far. */
public final class FullyConnected {
  private FullyConnected() {}

  /**
   * Refuses an experiment with other networks.
   *
   * @param experiment checked configuration
   * @param command what cannot be done, for example {@code tandem audit}
   */
  public static void require(Experiment experiment, String command) {
    Optional<String> other =
        experiment
            .space()
            .architecture()
            .match(
                perceptrons -> Optional.empty(),
                macros -> Optional.of("space.macro"),
                micros -> Optional.of("space.micro"),
                recurrents -> Optional.of("space.recurrent"));
    other.ifPresent(
        path -> {
          throw new UserError(
              UserError.Kind.USAGE,
              path
                  + ": not allowed with "
                  + command
                  + ", which is only for fully connected networks so far; use space.perceptron");
        });
  }
}
