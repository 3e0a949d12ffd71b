package io.tandem.cli.terminal;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Width of the terminal, characters. */
public final class TerminalWidth {
  /** Narrower ones have no room for a table. */
  private static final int LEAST = 60;

  private TerminalWidth() {}

  /**
   * The width for what a command prints: the environment variable {@code COLUMNS}, or that of the
   * terminal, or 80 where there is none.
   *
   * @param spec the command
   */
  public static int of(CommandSpec spec) {
    return of(System.getenv("COLUMNS"), () -> spec.usageMessage().autoWidth(true).width());
  }

  /**
   * The same of given values.
   *
   * @param columns value of the environment variable, if there is one
   * @param terminal finds the width of the terminal
   */
  public static int of(@Nullable String columns, IntSupplier terminal) {
    int width =
        Optional.ofNullable(columns)
            .map(String::strip)
            .filter(text -> text.matches("[1-9][0-9]{0,4}"))
            .map(Integer::valueOf)
            .orElseGet(terminal::getAsInt);
    return Math.max(LEAST, width);
  }
}
