package io.tandem.data.text;

import java.util.List;
import java.util.stream.IntStream;

/** What separates words: all white space of Unicode, which lies in its first plane. */
public final class WhiteSpace {
  private static final char NEXT_LINE = '\u0085';

  private WhiteSpace() {}

  /** Whether a character separates words. */
  static boolean is(char symbol) {
    return Character.isWhitespace(symbol) || Character.isSpaceChar(symbol) || symbol == NEXT_LINE;
  }

  /** All characters that do, the line feed among them, in the order of their numbers. */
  public static List<Character> all() {
    return IntStream.rangeClosed(Character.MIN_VALUE, Character.MAX_VALUE)
        .mapToObj(symbol -> (char) symbol)
        .filter(WhiteSpace::is)
        .toList();
  }
}
