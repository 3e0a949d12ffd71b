package io.tandem.dialect;

import java.util.List;
import java.util.Optional;

/**
 * The marks in numbers of a table.
 *
 * @param decimal before the fraction: a point or a comma
 * @param thousands between groups of three digits: a comma, a point, a space, which stands for the
 *     no-break and thin spaces too, or an apostrophe; {@link #NONE} if digits are not grouped
 */
public record NumberMarks(char decimal, char thousands) {
  /** No mark between thousands. */
  public static final char NONE = 0;

  /** Numbers as programs write them: {@code -1234.5}. */
  public static final NumberMarks PLAIN = new NumberMarks('.', NONE);

  private static final String DECIMALS = ".,";
  private static final String THOUSANDS = ",. '";
  private static final String SPACES = " \u00a0\u2009\u202f";
  private static final String APOSTROPHES = "'\u2019";
  private static final int GROUP = 3;

  /** Checks that the two differ. */
  public NumberMarks {
    thousands = canonical(thousands);
    if (DECIMALS.indexOf(decimal) < 0
        || thousands != NONE && THOUSANDS.indexOf(thousands) < 0
        || decimal == thousands) {
      throw new IllegalArgumentException("decimal " + decimal + ", thousands " + thousands);
    }
  }

  /** One character for all spaces, and one for both apostrophes. */
  static char canonical(char mark) {
    if (SPACES.indexOf(mark) >= 0) {
      return ' ';
    }
    return APOSTROPHES.indexOf(mark) >= 0 ? '\'' : mark;
  }

  /** Returns true if numbers are as programs write them. */
  public boolean isPlain() {
    return decimal == '.' && thousands == NONE;
  }

  /**
   * Writes a number without marks between thousands and with a decimal point.
   *
   * @param text holds its characters
   * @param start first of them
   * @param end one after the last
   * @param plain gets the number; at least as long as the text
   * @return how many characters were written; -1 if the text is no number with these marks. What
   *     follows an {@code e} is copied as it is
   */
  public int toPlain(char[] text, int start, int end, char[] plain) {
    int at = start;
    int length = 0;
    if (at < end && (text[at] == '-' || text[at] == '+')) {
      plain[length++] = text[at++];
    }
    int first = at;
    int group = 0;
    boolean grouped = false;
    for (; at < end; at++) {
      char symbol = text[at];
      if (isDigit(symbol)) {
        plain[length++] = symbol;
        group++;
      } else if (thousands != NONE && canonical(symbol) == thousands) {
        if (grouped ? group != GROUP : group == 0 || group > GROUP || text[first] == '0') {
          return -1;
        }
        grouped = true;
        group = 0;
      } else {
        break;
      }
    }
    if (grouped && group != GROUP) {
      return -1;
    }
    if (at < end && text[at] == decimal) {
      plain[length++] = '.';
      for (at++; at < end && isDigit(text[at]); at++) {
        plain[length++] = text[at];
      }
    }
    if (at < end && text[at] != 'e' && text[at] != 'E') {
      return -1;
    }
    for (; at < end; at++) {
      plain[length++] = text[at];
    }
    return length;
  }

  /** A number as programs write it, or the text itself if these marks are such; empty if none. */
  public Optional<String> plain(String text) {
    if (isPlain()) {
      return Optional.of(text);
    }
    char[] plain = new char[text.length()];
    int length = toPlain(text.toCharArray(), 0, text.length(), plain);
    return length < 0 ? Optional.empty() : Optional.of(new String(plain, 0, length));
  }

  /** A plain number as it is written with this decimal mark, without marks between thousands. */
  public String written(String plain) {
    return decimal == '.' ? plain : plain.replace('.', decimal);
  }

  private static boolean isDigit(char symbol) {
    return symbol >= '0' && symbol <= '9';
  }

  /** The marks that may be between thousands. */
  static List<Character> thousandsMarks() {
    return THOUSANDS.chars().mapToObj(mark -> (char) mark).toList();
  }
}
