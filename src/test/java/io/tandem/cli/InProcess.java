package io.tandem.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs a command in this process as the program runs it, and keeps what it prints. */
public final class InProcess {
  private InProcess() {}

  /**
   * What is left of a command.
   *
   * @param code its exit code
   * @param out what it printed to the standard output
   * @param err what it printed to the standard error
   */
  public record Ended(int code, String out, String err) {}

  /**
   * Runs it.
   *
   * @param arguments as typed
   */
  public static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    int code = Main.run(command, arguments);
    return new Ended(code, out.toString(), err.toString());
  }
}
