package io.tandem.cli;

import io.tandem.cli.stream.ReaderGone;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.disk.UnnameablePath;
import io.tandem.disk.UserError;
import io.tandem.graph.session.NativeLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is said of whatever a command threw.
 *
 * @param lines for the user, one for each mistake
 * @param exitCode of the program
 */
record Failure(List<String> lines, int exitCode) {
  private static final int FAILED = UserError.Kind.RUN.exitCode();

  /** The one for anything thrown. */
  static Failure of(Throwable thrown) {
    if (thrown instanceof UserError mistake) {
      return of(mistake);
    }
    if (thrown instanceof DataException mistakes) {
      return new Failure(mistakes.lines(), UserError.Kind.DATA.exitCode());
    }
    if (thrown instanceof ReaderGone) {
      return new Failure(List.of(), ReaderGone.EXIT_CODE);
    }
    if (thrown instanceof OutOfMemoryError) {
      return outOfMemory();
    }
    return known(thrown).map(Failure::of).orElseGet(() -> unexpected(thrown));
  }

  private static Failure of(UserError mistake) {
    return new Failure(mistake.lines(), mistake.kind().exitCode());
  }

  /** Mistakes that can show anywhere, for example where a path is made or native code called. */
  private static Optional<UserError> known(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidPathException path) {
        return Optional.of(UnnameablePath.error(path));
      }
    }
    if (thrown instanceof LinkageError) {
      try {
        NativeLibrary.require();
      } catch (UserError missing) {
        return Optional.of(missing);
      }
    }
    return Optional.empty();
  }

  /** What the command held has been let go of, so that there is memory for a message. */
  private static Failure outOfMemory() {
    return new Failure(
        List.of(
            "the "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB that Java may use are full; set a limit of rows or use smaller images, or"
                + " allow more, for example with TANDEM_JAVA_OPTS=-Xmx8g"),
        FAILED);
  }

  private static Failure unexpected(Throwable thrown) {
    String message = thrown.getMessage() == null ? "" : ": " + oneLine(thrown);
    return new Failure(List.of("the program failed" + message + "; " + log(thrown)), FAILED);
  }

  /** Keeps the stack trace for a report, out of the user's sight. */
  private static String log(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    try {
      Path file = Files.createTempFile("tandem-", ".log");
      Files.writeString(file, trace.toString(), StandardCharsets.UTF_8);
      return "please report this, with the details in " + file;
    } catch (IOException unwritable) {
      return "details could not be written to the temporary directory";
    }
  }

  /** A message without the line breaks that libraries put into it. */
  static String oneLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).replaceAll("\\s+", " ").strip();
  }

  /** Prints the lines. */
  void print(PrintWriter err) {
    // What a file holds or is called may move the cursor or end the line.
    lines.forEach(line -> err.println("tandem: " + Quote.printable(line)));
    err.flush();
  }
}
