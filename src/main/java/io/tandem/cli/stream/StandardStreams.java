package io.tandem.cli.stream;

import io.tandem.disk.UserError;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;

/** The standard output and error, in UTF-8 whatever the locale and the defaults of Java. */
public final class StandardStreams {
  private StandardStreams() {}

  /** Exchanges those of the process. */
  public static void open() {
    // Java's own stream would swallow the reason for which something cannot be written.
    System.setOut(StandardOutput.to(new FileOutputStream(FileDescriptor.out)));
    System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    ErrorChannel.open();
  }

  /** Lets a command write to those of the process. */
  public static void attach(CommandLine command) {
    command.setOut(writer(System.out)).setErr(writer(System.err));
  }

  /**
   * Ends the command if its answers do not reach anybody.
   *
   * @param out where they are written
   * @throws ReaderGone if their reader has gone
   * @throws UserError if they cannot be written for another reason
   */
  public static void requireWritable(PrintWriter out) {
    if (!out.checkError()) {
      return;
    }
    Optional<IOException> failure =
        out instanceof Answers answers && answers.stream instanceof StandardOutput standard
            ? standard.failure()
            : Optional.empty();
    if (failure.isPresent() && ReaderGone.isMeantBy(failure.get())) {
      throw new ReaderGone(failure.get());
    }
    throw new UserError(
        UserError.Kind.RUN,
        "standard output: cannot be written to; free space on its disk, or let its reader read to the"
            + " end");
  }

  /** A writer in UTF-8 that knows of the errors of its stream. */
  static PrintWriter writer(PrintStream stream) {
    return new Answers(stream);
  }

  /** Asks its stream for errors, as a {@link PrintWriter} does only of one given to it directly. */
  private static final class Answers extends PrintWriter {
    private final PrintStream stream;

    Answers(PrintStream stream) {
      super(stream, true, StandardCharsets.UTF_8);
      this.stream = stream;
    }
  }
}
