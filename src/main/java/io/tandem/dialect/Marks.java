package io.tandem.dialect;

import java.util.Optional;

/** The notation of the marks in numbers. */
public final class Marks {
  /** The notation of allowed decimal marks, for messages. */
  public static final String DECIMALS = "a point or a comma";

  /** The notation of allowed marks between thousands, for messages. */
  public static final String THOUSANDS = "none, a comma, a point, space or an apostrophe";

  private static final String NONE = "none";
  private static final String SPACE = "space";

  private Marks() {}

  /** The decimal mark that a text stands for; empty if it stands for none. */
  public static Optional<Character> decimal(String text) {
    return text.equals(".") || text.equals(",") ? Optional.of(text.charAt(0)) : Optional.empty();
  }

  /**
   * The mark between thousands that a text stands for. Each of the spaces stands for all: regular,
   * no-break, thin, and narrow no-break.
   *
   * @return empty if it stands for none
   */
  public static Optional<Character> thousands(String text) {
    if (text.equals(NONE) || text.isEmpty()) {
      return Optional.of(NumberMarks.NONE);
    }
    if (text.equals(SPACE)) {
      return Optional.of(' ');
    }
    return text.length() == 1
        ? Optional.of(NumberMarks.canonical(text.charAt(0)))
            .filter(NumberMarks.thousandsMarks()::contains)
        : Optional.empty();
  }

  /** The text that {@link #thousands} takes for a mark. */
  public static String text(char thousands) {
    return switch (thousands) {
      case NumberMarks.NONE -> NONE;
      case ' ' -> SPACE;
      default -> String.valueOf(thousands);
    };
  }
}
