package io.tandem.column;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words for true and false, in pairs; capitals do not matter. */
public final class TruthWords {
  private static final List<String> TRUE = List.of("true", "yes", "t", "y");
  private static final List<String> FALSE = List.of("false", "no", "f", "n");
  private static final int LONGEST = 5;

  private TruthWords() {}

  /**
   * The pairs that a text is of.
   *
   * @return a bit for each; 0 if it is no such word
   */
  public static int pairs(String text) {
    if (text.length() > LONGEST) {
      return 0;
    }
    String word = text.toLowerCase(Locale.ROOT);
    int place = Math.max(TRUE.indexOf(word), FALSE.indexOf(word));
    return place < 0 ? 0 : 1 << place;
  }

  /** All pairs. */
  public static int all() {
    return (1 << TRUE.size()) - 1;
  }

  /** The value of a word of any pair, or of 1 or 0; empty if it is none. */
  public static Optional<Boolean> of(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String word = text.toLowerCase(Locale.ROOT);
    if (word.equals("1") || TRUE.contains(word)) {
      return Optional.of(true);
    }
    return word.equals("0") || FALSE.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /**
   * The regular expression of the words for a value, with nothing around them: for Java and for
   * RE2.
   */
  public static String pattern(boolean value) {
    return "(?i)^(?:" + String.join("|", value ? TRUE : FALSE) + "|" + (value ? 1 : 0) + ")$";
  }
}
