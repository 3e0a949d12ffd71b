package io.tandem.cli;

import io.tandem.data.DataException;
import io.tandem.report.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The program's entry and the only place that ends it. */
public final class Main {
  private static final int FAILED = 4;

  private Main() {}

  /**
   * Runs a command and exits with its code.
   *
   * @param arguments as typed
   */
  public static void main(String[] arguments) {
    ErrorChannel.open();
    System.exit(run(arguments));
  }

  /**
   * Runs a command.
   *
   * @param arguments as typed
   * @return the exit code
   */
  static int run(String... arguments) {
    CommandLine command = commandLine();
    try {
      return command.execute(arguments);
    } catch (OutOfMemoryError full) {
      return full(command);
    }
  }

  /** What the command held has been let go of, so that there is memory for a message. */
  private static int full(CommandLine command) {
    PrintWriter err = command.getErr();
    err.printf(
        Locale.ROOT,
        "tandem: the %d MiB that Java may take are full; use a limit of rows or smaller images, or"
            + " give more, as by TANDEM_JAVA_OPTS=-Xmx8g%n",
        Runtime.getRuntime().maxMemory() >> 20);
    err.flush();
    return FAILED;
  }

  /** The parser with all commands and the handling of errors. */
  static CommandLine commandLine() {
    return new CommandLine(new Tandem())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
  }

  private static int wrongUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("tandem: " + oneLine(failure) + "; see " + name(command) + " --help");
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
    err.flush();
    return UserError.Kind.USAGE.exitCode();
  }

  private static int failed(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    if (failure instanceof UserError mistake) {
      String.valueOf(mistake.getMessage()).lines().forEach(line -> err.println("tandem: " + line));
      err.flush();
      return mistake.kind().exitCode();
    }
    if (failure instanceof DataException) {
      err.println("tandem: " + oneLine(failure));
      err.flush();
      return UserError.Kind.DATA.exitCode();
    }
    err.println(
        "tandem: unexpected " + failure.getClass().getSimpleName() + ": " + oneLine(failure));
    err.println("tandem: " + log(failure));
    err.flush();
    return FAILED;
  }

  /** Keeps the stack trace for a report, out of the user's sight. */
  private static String log(Exception failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    try {
      Path file = Files.createTempFile("tandem-", ".log");
      Files.writeString(file, trace.toString(), StandardCharsets.UTF_8);
      return "details are in " + file + "; please report them";
    } catch (IOException unwritable) {
      return "details could not be written to the temporary directory";
    }
  }

  private static String oneLine(Exception failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }
}
