package io.tandem.cli;

import io.tandem.report.UserError;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The standard output and error, in UTF-8 whatever the locale and the defaults of Java. */
final class StandardStreams {
  private StandardStreams() {}

  /** Exchanges those of the process. */
  static void open() {
    System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    ErrorChannel.open();
  }

  /** Lets a command write to those of the process. */
  static void attach(CommandLine command) {
    command.setOut(writer(System.out)).setErr(writer(System.err));
  }

  /** The error for a standard output that is closed, or a file on a full disk. */
  static UserError unwritable() {
    return new UserError(
        UserError.Kind.RUN,
        "standard output: cannot be written to; free space on its disk, or let its reader read to the"
            + " end");
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
