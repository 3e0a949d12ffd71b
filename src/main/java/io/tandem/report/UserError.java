package io.tandem.report;

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

  private final Kind kind;

  /**
   * Makes an error.
   *
   * @param kind decides the exit code
   * @param message one line: place, found, allowed, remedy
   */
  public UserError(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /**
   * Makes an error that another one led to.
   *
   * @param kind decides the exit code
   * @param message one line: place, found, allowed, remedy
   * @param cause what led to it
   */
  public UserError(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of mistake it is. */
  public Kind kind() {
    return kind;
  }
}
