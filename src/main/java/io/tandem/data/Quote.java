package io.tandem.data;

import java.util.HexFormat;
import java.util.Locale;

/** Text from files, made fit for a message on one line. */
public final class Quote {
  private static final int LONGEST = 40;

  private Quote() {}

  /** Fills in a template alike in every country. */
  public static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }

  /**
   * The printable text in double quotes, cut after 40 characters; quotes and backslashes in it have
   * a backslash before them, so that it shows where it ends.
   */
  public static String quoted(String raw) {
    String text = inside(raw);
    return text.length() <= LONGEST ? '"' + text + '"' : '"' + text.substring(0, LONGEST) + "…\"";
  }

  /** The same without a cut, for what a user is to copy into a configuration. */
  public static String literal(String raw) {
    return '"' + inside(raw) + '"';
  }

  /** The text in double quotes, with every character that is not ASCII as a Unicode escape too. */
  public static String escaped(String text) {
    StringBuilder result = new StringBuilder();
    inside(text)
        .codePoints()
        .forEach(
            point -> {
              if (point < 0x80) {
                result.appendCodePoint(point);
              } else {
                result.append("\\u").append(HexFormat.of().toHexDigits(point, 4));
              }
            });
    String escaped = result.toString();
    return quoted(text).equals('"' + escaped + '"')
        ? quoted(text)
        : quoted(text) + " (" + escaped + ")";
  }

  private static String inside(String raw) {
    return printable(raw.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  /** The text with control characters, line separators and lone surrogates as Unicode escapes. */
  public static String printable(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (isPlain(point)) {
                result.appendCodePoint(point);
              } else {
                result.append("\\u").append(HexFormat.of().toHexDigits(point, 4));
              }
            });
    return result.toString();
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
