package io.tandem.disk;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mistake that the user can mend. Its message is one line: the place, what was found, what is
 * allowed and what to do. The command line prints it without a stack trace and exits with {@link
 * Kind#exitCode()}.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kind of mistake it is, which decides the exit code. */
  public enum Kind {
    /** Wrong usage or configuration. */
    USAGE(2),
    /** Missing, unreadable or unsuitable data. */
    DATA(3),
    /** The run could not be opened, continued or finished. */
    RUN(4),
    /** The networks of the run diverged, and would again with the same settings and seed. */
    DIVERGED(4);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the program, 2 to 4. */
    public int exitCode() {
      return exitCode;
    }
  }

  private static final Pattern BREAK = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

  private final Kind kind;

  /**
   * Makes an error.
   *
   * @param kind decides the exit code
   * @param message one line: place, found, allowed, remedy; what would end the line in it is
   *     escaped, as the name of a file may hold it
   */
  public UserError(Kind kind, String message) {
    super(onOneLine(message));
    this.kind = kind;
  }

  /**
   * Makes an error of several mistakes.
   *
   * @param kind decides the exit code
   * @param messages one line for each
   */
  public UserError(Kind kind, Collection<String> messages) {
    super(messages.stream().map(UserError::onOneLine).collect(Collectors.joining("\n")));
    this.kind = kind;
  }

  /**
   * The same mistakes, told otherwise.
   *
   * @param change what becomes of the line of each
   */
  public UserError withLines(UnaryOperator<String> change) {
    UserError changed = new UserError(kind, lines().stream().map(change).toList());
    changed.initCause(this);
    return changed;
  }

  /** The lines, one for each mistake. */
  public List<String> lines() {
    return String.valueOf(getMessage()).lines().toList();
  }

  private static String onOneLine(String message) {
    return BREAK
        .matcher(message)
        .replaceAll(found -> "\\\\u" + HexFormat.of().toHexDigits(found.group().charAt(0)));
  }

  /**
   * Makes an error that another one led to.
   *
   * @param kind decides the exit code
   * @param message one line: place, found, allowed, remedy
   * @param cause what led to it
   */
  public UserError(Kind kind, String message, Throwable cause) {
    super(onOneLine(message), cause);
    this.kind = kind;
  }

  /** What kind of mistake it is. */
  public Kind kind() {
    return kind;
  }
}
