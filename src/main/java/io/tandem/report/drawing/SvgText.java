package io.tandem.report.drawing;

import java.util.Locale;

/** SVG source: escaped text and numbers. */
final class SvgText {
  private SvgText() {}

  /** Text or an attribute's value; characters that XML does not have become U+FFFD. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isXml(character) ? character : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** A coordinate with at most one decimal. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** A constant's name as words: {@code warmup linear}. */
  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static boolean isXml(int character) {
    return (character >= 0x20 && character < 0xD800)
        || character == '\t'
        || character == '\n'
        || (character >= 0xE000 && character < 0xFFFE)
        || character >= 0x10000;
  }
}
