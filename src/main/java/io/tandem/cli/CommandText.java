package io.tandem.cli;

import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The command line as people can type it again. */
final class CommandText {
  private CommandText() {}

  /**
   * The whole line, arguments quoted for a shell where they need it.
   *
   * @param spec the command that was called, below {@code tandem}
   */
  static String of(CommandSpec spec) {
    return "tandem "
        + spec.commandLine().getParent().getParseResult().originalArgs().stream()
            .map(CommandText::quoted)
            .collect(Collectors.joining(" "));
  }

  /** An argument between apostrophes, unless it has only characters that no shell cares for. */
  static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_./:=,@%+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
