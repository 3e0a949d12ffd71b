package io.tandem.data.table;

import io.tandem.data.Quote;

/** Guesses which character separates the cells of a line. */
final class Delimiters {
  /** How a delimiter is set in a configuration. */
  static final String SETTING = "set data.format.delimiter: \"%s\"";

  /** How a delimiter is set for a prediction. */
  static final String OPTION = "use --delimiter '%s'";

  private static final String CANDIDATES = ",;\t|";

  private Delimiters() {}

  /**
   * A hint to append to a message about a line that did not divide as expected.
   *
   * @param line the line, or its beginning
   * @param used the delimiter in use
   * @param remedy how to use another, with a place for it
   * @return empty if no other character is more frequent in the line
   */
  static String hint(String line, char used, String remedy) {
    char best = used;
    for (int place = 0; place < CANDIDATES.length(); place++) {
      char candidate = CANDIDATES.charAt(place);
      best = count(line, candidate) > count(line, best) ? candidate : best;
    }
    if (best == used) {
      return "";
    }
    String shown = best == '\t' ? "\\t" : String.valueOf(best);
    return Quote.format(
        "; the line has %d times %s, so %s",
        count(line, best), '"' + shown + '"', Quote.format(remedy, shown));
  }

  private static long count(String line, char symbol) {
    return line.chars().filter(each -> each == symbol).count();
  }
}
