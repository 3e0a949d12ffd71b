package io.tandem.dialect;

import java.util.Optional;

/**
 * The boundary between two cells of a row.
 *
 * @param symbol the character
 * @param repeated whether any number of spaces and tabs, one after the other, are one boundary, as
 *     in columns that are aligned by spaces
 */
public record Delimiter(char symbol, boolean repeated) {
  /** A comma. */
  public static final Delimiter COMMA = new Delimiter(',', false);

  /** Spaces that align columns. */
  public static final Delimiter SPACES = new Delimiter(' ', true);

  /** The notation of allowed ones, for messages. */
  public static final String ALLOWED =
      "one character, not a quote or line break, tab for a tab (\\t), or spaces for columns that are"
          + " aligned by spaces";

  private static final String TAB = "tab";
  private static final String ESCAPED_TAB = "\\t";
  private static final String ALIGNED = "spaces";

  // They have meanings of their own in a table.
  private static final String TAKEN = "\"\r\n";

  /** Checks that only spaces are repeated. */
  public Delimiter {
    if (repeated && symbol != ' ') {
      throw new IllegalArgumentException("repeated " + symbol);
    }
  }

  /** A character that is a boundary each time. */
  public static Delimiter of(char symbol) {
    return new Delimiter(symbol, false);
  }

  /**
   * The delimiter that a text stands for. A tab can hardly be typed in a shell, so it has a name.
   *
   * @param text as typed
   * @return empty if it stands for none
   */
  public static Optional<Delimiter> parse(String text) {
    if (text.equals(TAB) || text.equals(ESCAPED_TAB)) {
      return Optional.of(of('\t'));
    }
    if (text.equals(ALIGNED)) {
      return Optional.of(SPACES);
    }
    return text.length() == 1 && !TAKEN.contains(text)
        ? Optional.of(of(text.charAt(0)))
        : Optional.empty();
  }

  /** The text that {@link #parse} takes for it, and that fits into a command line. */
  public String text() {
    if (repeated) {
      return ALIGNED;
    }
    return symbol == '\t' ? ESCAPED_TAB : String.valueOf(symbol);
  }
}
