package io.tandem.cli.stream;

import java.io.IOException;
import java.util.Locale;

/**
 * Nobody reads the answers any more, as behind {@code | head}: no mistake, so that nothing is said,
 * but no success either.
 */
public final class ReaderGone extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Exit code of a program that the signal PIPE ends, as it does most others. */
  public static final int EXIT_CODE = 141;

  ReaderGone(IOException cause) {
    super(cause);
  }

  /** Tells whether a failure to write means that the reader is gone. */
  static boolean isMeantBy(IOException failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
