package io.tandem.data.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A text that is being read, word by word. */
final class TextBuilder {
  private static final int FIRST = 1 << 12;

  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private int[] tokens = new int[FIRST];
  private int size;

  TextBuilder() {
    number(Vocabulary.UNKNOWN_WORD);
    number(Vocabulary.END_WORD);
  }

  /** Adds a word. */
  void add(String word) {
    append(number(word));
  }

  /** Ends a line. */
  void endLine() {
    append(Vocabulary.END);
  }

  private int number(String word) {
    Integer known = numbers.get(word);
    if (known != null) {
      return known;
    }
    numbers.put(word, words.size());
    words.add(word);
    return words.size() - 1;
  }

  private void append(int token) {
    if (size == tokens.length) {
      // An array that cannot be that long is no more than memory that is used up.
      tokens = Arrays.copyOf(tokens, (int) Math.min(Integer.MAX_VALUE, size + (size >> 1) + 1L));
    }
    tokens[size++] = token;
  }

  /** All of it, under the name of its file. */
  Text build(String file) {
    return new Text(file, words, Arrays.copyOf(tokens, size));
  }
}
