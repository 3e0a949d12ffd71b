package io.tandem.space;

import java.util.List;
import java.util.Locale;

/** The numbers of a published encoding, read one after another. */
final class EncodedNumbers {
  private final List<String> numbers;
  private int position;

  /**
   * Begins to read.
   *
   * @param encoding numbers with white space between them
   */
  EncodedNumbers(String encoding) {
    numbers = encoding.isBlank() ? List.of() : List.of(encoding.strip().split("\\s+"));
  }

  /** How many there are. */
  int size() {
    return numbers.size();
  }

  /** Whether there is one more. */
  boolean hasNext() {
    return position < numbers.size();
  }

  /**
   * The next number.
   *
   * @param options it is one of {@code 0..options-1}
   * @param what it stands for, as a message says it
   * @throws IllegalArgumentException if it is none of them, with position, found and allowed
   */
  int next(int options, String what) {
    String found = numbers.get(position++);
    for (int value = 0; value < options; value++) {
      if (found.equals(Integer.toString(value))) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "number %d of the encoding is %s, expected %s, 0..%d",
            position,
            found,
            what,
            options - 1));
  }
}
