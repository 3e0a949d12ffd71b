package io.tandem.cli.terminal;

/** Text that is broken between words so that its lines fit. */
public final class Paragraph {
  private Paragraph() {}

  /**
   * Breaks a text. A word that is longer than a line stays whole: paths and encodings are copied.
   *
   * @param text words with blanks between them; control characters become blanks
   * @param indent blanks in front of every line but the first
   * @param first characters that the first line has already
   * @param width of a line
   * @return the lines, with a line feed between them
   */
  public static String broken(String text, int indent, int first, int width) {
    StringBuilder lines = new StringBuilder();
    int used = first;
    for (String word : text.replaceAll("\\p{Cntrl}", " ").strip().split(" +", -1)) {
      if (used > indent && used + 1 + word.length() > width) {
        lines.append('\n').append(" ".repeat(indent));
        used = indent;
      } else if (!lines.isEmpty()) {
        lines.append(' ');
        used++;
      }
      lines.append(word);
      used += word.length();
    }
    return lines.toString();
  }
}
