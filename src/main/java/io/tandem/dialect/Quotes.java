package io.tandem.dialect;

import java.util.Optional;

/** The notation of the character around cells. */
public final class Quotes {
  /** The notation of allowed ones, for messages. */
  public static final String ALLOWED = "\", ' or none";

  private static final String NONE = "none";
  private static final String KNOWN = "\"'";

  /** A character that Unicode keeps free, so that no text has it. */
  private static final char NEVER = '\uFFFF';

  private Quotes() {}

  /** The character that a text stands for; empty if it stands for none. */
  public static Optional<Character> parse(String text) {
    if (text.equals(NONE)) {
      return Optional.of(Dialect.NO_QUOTE);
    }
    return text.length() == 1 && KNOWN.contains(text)
        ? Optional.of(text.charAt(0))
        : Optional.empty();
  }

  /** The text that {@link #parse} takes for it. */
  public static String text(char quote) {
    return quote == Dialect.NO_QUOTE ? NONE : String.valueOf(quote);
  }

  /** The character for a library that has to be given one. */
  public static char symbol(char quote) {
    return quote == Dialect.NO_QUOTE ? NEVER : quote;
  }
}
