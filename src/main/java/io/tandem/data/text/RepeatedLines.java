package io.tandem.data.text;

import io.tandem.data.Quote;
import io.tandem.data.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lines of the validation and test part that the training part has as well. */
final class RepeatedLines {
  // Shorter lines, such as headings, recur in every text.
  private static final int LEAST_WORDS = 5;
  private static final double SHARE = 0.2;

  private RepeatedLines() {}

  /**
   * A line for each part of which much is in the training part.
   *
   * @param name what to call the text
   * @param train tokens of the training part
   * @param validation tokens of the validation part
   * @param test tokens of the test part
   */
  static List<String> suspicions(String name, int[] train, int[] validation, int[] test) {
    Set<Long> known = new HashSet<>();
    Lines.of(train, (hash, words) -> known.add(hash));
    List<String> found = new ArrayList<>();
    count(name, "validation", known, validation, found);
    count(name, "test", known, test, found);
    return found;
  }

  private static void count(
      String name, String part, Set<Long> known, int[] tokens, List<String> found) {
    long[] words = new long[2];
    Lines.of(
        tokens,
        (hash, count) -> {
          words[0] += known.contains(hash) ? count : 0;
          words[1] += count;
        });
    if (words[0] > SHARE * words[1]) {
      found.add(
          Quote.format(
              "%s: %.0f %% of the words of the %s part are in lines that the training part has too,"
                  + " so that its perplexity says little about new texts; remove the copies",
              name, 100.0 * words[0] / words[1], part));
    }
  }

  /** Goes through the lines of a text that are long enough. */
  private interface Lines {
    void line(long hash, int words);

    static void of(int[] tokens, Lines sink) {
      long hash = 0;
      int words = 0;
      for (int token : tokens) {
        if (token == Vocabulary.END) {
          if (words >= LEAST_WORDS) {
            sink.line(hash, words);
          }
          hash = 0;
          words = 0;
        } else {
          hash = Seeds.mix(hash * 31 + token + 1);
          words++;
        }
      }
    }
  }
}
