package io.tandem.dialect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line {@code sep=;} of a table, which Excel takes for a setting and does not show.
 *
 * @param line that line; empty if there is none
 * @param delimiter that it sets
 * @param rest the text from the end of that line on
 */
public record SeparatorLine(String line, Optional<Delimiter> delimiter, String rest) {
  /** Characters that the line has, at most. */
  public static final int LONGEST = 64;

  private static final Pattern LINE =
      Pattern.compile("(\"?sep=(.)\"?\\2*[^\\S\\r\\n]*)(?=[\\r\\n]|$)", Pattern.CASE_INSENSITIVE);

  /**
   * Finds it.
   *
   * @param text the beginning of a table, without a byte order mark
   */
  public static SeparatorLine of(String text) {
    Matcher found = LINE.matcher(text.substring(0, Math.min(LONGEST, text.length())));
    return found.lookingAt()
        ? new SeparatorLine(
            found.group(1),
            Optional.of(Delimiter.of(found.group(2).charAt(0))),
            text.substring(found.end()))
        : new SeparatorLine("", Optional.empty(), text);
  }
}
