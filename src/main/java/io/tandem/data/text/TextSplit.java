package io.tandem.data.text;

import io.tandem.data.Quote;
import java.util.Arrays;
import java.util.List;

/**
 * The three parts of a text as tokens, indices of words in a vocabulary. The arrays are handed out
 * as they are, because they are large; nobody writes to them.
 *
 * @param train tokens that the weights learn from, in the order of the text, as in the others
 * @param validation tokens that the search is rewarded on
 * @param test tokens that are read once, at the end
 * @param vocabulary learnt on {@code train} alone
 * @param sha256 hash of the bytes of the files, in hexadecimal, in the order train, validation if
 *     it has a file, test, one after the other ({@code cat ... | sha256sum})
 * @param notes what a user should know of the reading, a line each; the first sums up
 * @param suspicions what is probably not as the user thinks, a line each
 */
public record TextSplit(
    int[] train,
    int[] validation,
    int[] test,
    Vocabulary vocabulary,
    String sha256,
    List<String> notes,
    List<String> suspicions) {
  /** Copies the lists and checks that every part has tokens of the vocabulary. */
  public TextSplit {
    notes = List.copyOf(notes);
    suspicions = List.copyOf(suspicions);
    for (int[] part : List.of(train, validation, test)) {
      if (part.length == 0
          || Arrays.stream(part).anyMatch(token -> token < 0 || token >= vocabulary.size())) {
        throw new IllegalArgumentException(
            part.length + " tokens, not all of a vocabulary of " + vocabulary.size() + " words");
      }
    }
  }

  /** Sizes of the parts and of the vocabulary, for people, without a full stop. */
  public String summary() {
    return summary(train, validation, test, vocabulary);
  }

  /** The same of parts that are still to be put together. */
  static String summary(int[] train, int[] validation, int[] test, Vocabulary vocabulary) {
    return Quote.format(
        "%d training, %d validation, %d test tokens, %d words in the vocabulary",
        train.length, validation.length, test.length, vocabulary.size());
  }

  /** The training part followed by the validation part; a new array. */
  public int[] trainWithValidation() {
    int[] joined = Arrays.copyOf(train, Math.addExact(train.length, validation.length));
    System.arraycopy(validation, 0, joined, train.length, validation.length);
    return joined;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof TextSplit other
        && Arrays.equals(train, other.train)
        && Arrays.equals(validation, other.validation)
        && Arrays.equals(test, other.test)
        && vocabulary.equals(other.vocabulary)
        && sha256.equals(other.sha256)
        && notes.equals(other.notes)
        && suspicions.equals(other.suspicions);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(train) + sha256.hashCode();
  }

  @Override
  public String toString() {
    return summary();
  }
}
