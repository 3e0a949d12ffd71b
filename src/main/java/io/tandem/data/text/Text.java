package io.tandem.data.text;

import io.tandem.data.Block;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A text as it was read, with numbers of its own for its words.
 *
 * @param file what to call it in messages
 * @param words {@code <unk>}, {@code <eos>}, and the different words in the order in which they
 *     first appear
 * @param tokens index into {@code words} of every word and line end
 */
record Text(String file, List<String> words, int[] tokens) {
  /** Copies the words. */
  Text {
    words = List.copyOf(words);
  }

  /** Number of words, line ends not counted. */
  int wordCount() {
    return (int) Arrays.stream(tokens).filter(token -> token != Vocabulary.END).count();
  }

  /** How often each of the words occurs. */
  int[] counts() {
    int[] counts = new int[words.size()];
    for (int token : tokens) {
      counts[token]++;
    }
    return counts;
  }

  /** The tokens from one up to but not another. */
  Text range(int from, int to) {
    return new Text(file, words, Arrays.copyOfRange(tokens, from, to));
  }

  /**
   * Some of the lines.
   *
   * @param block which
   * @throws DataException if there are not as many or they have no word
   */
  Text lines(Block block) {
    if (block.equals(Block.ALL)) {
      return this;
    }
    int[] ends = IntStream.range(0, tokens.length).filter(this::isEnd).toArray();
    int first = block.offset();
    int last = first + block.size(ends.length, file, "lines", "data.text_format");
    Text lines = range(first == 0 ? 0 : ends[first - 1] + 1, ends[last - 1] + 1);
    if (lines.wordCount() == 0) {
      throw new DataException(
          Quote.format(
              "%s: no word in the lines %d to %d, expected words; change data.text_format.offset"
                  + " or data.text_format.limit",
              file, first + 1, last));
    }
    return lines;
  }

  private boolean isEnd(int position) {
    return tokens[position] == Vocabulary.END;
  }

  /**
   * Where a share of the text begins that is its end: at the line nearest to it, of two the
   * earlier.
   *
   * @param share in (0, 1)
   * @throws DataException if there is one line only
   */
  int cut(double share) {
    double wanted = (1 - share) * tokens.length;
    int nearest = 0;
    for (int position = 1; position < tokens.length; position++) {
      boolean nearer = Math.abs(position - wanted) < Math.abs(nearest - wanted);
      if (tokens[position - 1] == Vocabulary.END && (nearest == 0 || nearer)) {
        nearest = position;
      }
    }
    if (nearest == 0) {
      throw new DataException(
          Quote.format(
              "%s: one line of %d words, expected at least 2 lines, as the last are the validation"
                  + " part; break the text into lines or name a file in data.text.validation",
              file, wordCount()));
    }
    return nearest;
  }
}
