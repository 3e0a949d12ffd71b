package io.tandem.cli;

import io.tandem.disk.NextCommand;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Command lines as they are recorded, so that people can type them again. */
final class CommandText {
  private CommandText() {}

  /**
   * The whole line that was typed, arguments quoted for a shell where they need it.
   *
   * @param spec the command that was called, below {@code tandem}
   */
  static String of(CommandSpec spec) {
    return of(spec.commandLine().getParent().getParseResult().originalArgs());
  }

  /**
   * A whole line, arguments quoted for a shell where they need it.
   *
   * @param arguments of the program
   */
  static String of(List<String> arguments) {
    return "tandem " + arguments.stream().map(NextCommand::quoted).collect(Collectors.joining(" "));
  }
}
