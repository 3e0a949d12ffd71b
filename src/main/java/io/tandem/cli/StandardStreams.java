package io.tandem.cli;

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

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
