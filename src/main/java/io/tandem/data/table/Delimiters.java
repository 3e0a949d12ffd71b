package io.tandem.data.table;

import io.tandem.data.Quote;
import io.tandem.disk.NextCommand;
import java.util.function.UnaryOperator;

/** Guesses which character separates the cells of a line. */
public final class Delimiters {
  /** How a delimiter is set in a configuration. */
  static final UnaryOperator<String> SETTING =
      shown -> "use " + NextCommand.set("data.format.delimiter", shown);

  /** How a delimiter is set for a prediction. */
  public static final UnaryOperator<String> OPTION =
      shown -> "use --delimiter " + NextCommand.quoted(shown);

  private static final String CANDIDATES = ",;\t|";

  private Delimiters() {}

  /**
   * A hint to append to a message about a line that did not divide as expected.
   *
   * @param line the line, or its beginning
   * @param used the delimiter in use
   * @param remedy how to use another, given the way it is written
   * @return empty if no other character is more frequent in the line
   */
  static String hint(String line, char used, UnaryOperator<String> remedy) {
    char best = used;
    for (int place = 0; place < CANDIDATES.length(); place++) {
      char candidate = CANDIDATES.charAt(place);
      best = count(line, candidate) > count(line, best) ? candidate : best;
    }
    if (best == used) {
      return "";
    }
    String shown = shown(best);
    return Quote.format(
        "; the line has %d times %s, so %s",
        count(line, best), '"' + shown + '"', remedy.apply(shown));
  }

  /** How people write a delimiter. */
  static String shown(char delimiter) {
    return delimiter == '\t' ? "\\t" : String.valueOf(delimiter);
  }

  private static long count(String line, char symbol) {
    return line.chars().filter(each -> each == symbol).count();
  }
}
