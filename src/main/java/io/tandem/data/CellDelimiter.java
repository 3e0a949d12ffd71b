package io.tandem.data;

import java.util.Optional;

/** The notation of the character between two cells of a table. */
public final class CellDelimiter {
  /** What is allowed, for messages. */
  public static final String ALLOWED =
      "one character, not a quote or line break, or tab for a tab (\\t)";

  private static final String TAB = "tab";
  private static final String ESCAPED_TAB = "\\t";

  // They have meanings of their own in a table.
  private static final String TAKEN = "\"\r\n";

  private CellDelimiter() {}

  /**
   * The character that a text stands for. A tab can hardly be typed in a shell, so it has a name.
   *
   * @param text as typed
   * @return empty if it stands for none
   */
  public static Optional<Character> parse(String text) {
    if (text.equals(TAB) || text.equals(ESCAPED_TAB)) {
      return Optional.of('\t');
    }
    return text.length() == 1 && !TAKEN.contains(text)
        ? Optional.of(text.charAt(0))
        : Optional.empty();
  }
}
