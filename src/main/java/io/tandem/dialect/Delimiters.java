package io.tandem.dialect;

import java.util.Locale;

/** Guesses which character separates the cells of a line. */
public final class Delimiters {
  private static final String CANDIDATES = ",;\t|";

  private Delimiters() {}

  /**
   * A hint to append to a message about a line that did not divide as expected.
   *
   * @param line the line, or its beginning
   * @param used the delimiter in use
   * @param remedy how to use another
   * @return empty if no other character is more frequent in the line
   */
  public static String hint(String line, Delimiter used, DialectRemedy remedy) {
    char best = used.symbol();
    for (int place = 0; place < CANDIDATES.length(); place++) {
      char candidate = CANDIDATES.charAt(place);
      best = count(line, candidate) > count(line, best) ? candidate : best;
    }
    if (best == used.symbol()) {
      return "";
    }
    String shown = Delimiter.of(best).text();
    return String.format(
        Locale.ROOT,
        "; the line has %d times %s, so %s",
        count(line, best),
        '"' + shown + '"',
        remedy.use("delimiter", shown));
  }

  private static long count(String line, char symbol) {
    return line.chars().filter(each -> each == symbol).count();
  }
}
