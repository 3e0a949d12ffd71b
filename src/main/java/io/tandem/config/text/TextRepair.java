package io.tandem.config.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of which parts are blanked out or written otherwise while places keep their meaning: lines
 * stay, and a column is that of the text as it was.
 */
final class TextRepair {
  private static final String OPENING = "{[<";
  private static final String CLOSING = "}]>";
  private static final int LONGEST_NUMBER = 40;

  /** A number that takes more characters than it did. */
  private record Longer(int line, int column, int by) {}

  private final StringBuilder text;
  private final List<Longer> longer = new ArrayList<>();

  TextRepair(String text) {
    this.text = new StringBuilder(text);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /**
   * The column that a character had in the text as it was.
   *
   * @param line from 1
   * @param column from 1
   */
  int column(int line, int column) {
    int by = 0;
    for (Longer number : longer) {
      by += number.line() == line && number.column() < column ? number.by() : 0;
    }
    return Math.max(1, column - by);
  }

  /** The word, number or sign at a place. */
  String token(int line, int column) {
    int start = offset(line, column);
    return text.substring(start, tokenEnd(start));
  }

  /**
   * Writes a number such as 1e6 as a whole one.
   *
   * @return whether it is one
   */
  boolean writeOut(int line, int column) {
    int start = offset(line, column);
    int end = tokenEnd(start);
    String number = text.substring(start, end);
    if (!number.matches("[0-9.]+[eE][+]?[0-9]{1,2}") || number.length() > LONGEST_NUMBER) {
      return false;
    }
    try {
      String whole = new BigDecimal(number).toBigIntegerExact().toString();
      text.replace(start, end, whole);
      longer.add(new Longer(line, column, whole.length() - number.length()));
      return true;
    } catch (ArithmeticException | NumberFormatException fraction) {
      return false;
    }
  }

  /**
   * Blanks out the word before a place, which lacks what should follow, and what is in the same
   * line in its stead.
   *
   * @return whether there was anything
   */
  boolean blankBefore(int line, int column) {
    int place = offset(line, column);
    int last = skipBack(place - 1);
    if (last < 0 || !isWord(text.charAt(last))) {
      return blank(line, column);
    }
    boolean together = text.substring(last, place).indexOf('\n') < 0;
    return clear(wordStart(last), together ? tokenEnd(place) : last + 1);
  }

  /**
   * Blanks out the field at a place, or the one sign there.
   *
   * @return whether there was anything
   */
  boolean blank(int line, int column) {
    int place = offset(line, column);
    if (place >= text.length()) {
      return false;
    }
    int start = place;
    int colon = text.charAt(place) == ':' ? place : skipBack(place - 1);
    if (colon >= 0 && text.charAt(colon) == ':') {
      start = wordStart(skipBack(colon - 1));
    }
    int end = tokenEnd(place);
    int next = skip(end);
    if (next < text.length() && text.charAt(next) == ':') {
      end = next + 1;
      next = skip(end);
    }
    if (text.charAt(end - 1) == ':' && next < text.length()) {
      end = tokenEnd(next);
    }
    if (next < text.length() && OPENING.indexOf(text.charAt(next)) >= 0) {
      end = blockEnd(next);
    }
    // An element of a list goes with the comma at one of its sides.
    int before = skipBack(start - 1);
    if (before >= 0 && text.charAt(before) == ',') {
      start = before;
    } else if (before >= 0
        && text.charAt(before) == '['
        && skip(end) < text.length()
        && text.charAt(skip(end)) == ',') {
      end = skip(end) + 1;
    }
    return clear(start, end);
  }

  private boolean clear(int start, int end) {
    boolean changed = false;
    for (int index = start; index < end; index++) {
      if (!Character.isWhitespace(text.charAt(index))) {
        text.setCharAt(index, ' ');
        changed = true;
      }
    }
    return changed;
  }

  private int offset(int line, int column) {
    int start = 0;
    for (int passed = 1; passed < line && start < text.length(); passed++) {
      int end = text.indexOf("\n", start);
      start = end < 0 ? text.length() : end + 1;
    }
    return Math.min(text.length(), start + column - 1);
  }

  private int skip(int from) {
    int index = from;
    while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
      index++;
    }
    return index;
  }

  private int skipBack(int from) {
    int index = from;
    while (index >= 0 && Character.isWhitespace(text.charAt(index))) {
      index--;
    }
    return index;
  }

  private int wordStart(int last) {
    int index = last;
    while (index > 0 && isWord(text.charAt(index - 1))) {
      index--;
    }
    return Math.max(0, index);
  }

  private static boolean isWord(char symbol) {
    return Character.isLetterOrDigit(symbol) || "_.+-".indexOf(symbol) >= 0;
  }

  private int tokenEnd(int start) {
    if (start >= text.length()) {
      return text.length();
    }
    char first = text.charAt(start);
    int index = start + 1;
    if (first == '"' || first == '\'') {
      while (index < text.length() && text.charAt(index) != '\n') {
        char symbol = text.charAt(index++);
        if (symbol == first) {
          break;
        }
        index += symbol == '\\' && index < text.length() ? 1 : 0;
      }
    } else if (isWord(first)) {
      while (index < text.length() && isWord(text.charAt(index))) {
        index++;
      }
    }
    return index;
  }

  /** The place after what closes a block; that after its opening if nothing does. */
  private int blockEnd(int open) {
    int depth = 0;
    int index = open;
    while (index < text.length()) {
      char symbol = text.charAt(index);
      depth += OPENING.indexOf(symbol) >= 0 ? 1 : CLOSING.indexOf(symbol) >= 0 ? -1 : 0;
      index = tokenEnd(index);
      if (depth == 0) {
        return index;
      }
    }
    return open + 1;
  }
}
