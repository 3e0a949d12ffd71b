package io.tandem.data.text;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.data.TextSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The words that a language model tells apart, each with its index: {@code <unk>}, which stands for
 * all others, {@code <eos>}, which ends a line, and then the words of the training part by falling
 * frequency, of equally frequent ones the one that appears first.
 */
public final class Vocabulary {
  /** Index of {@link #UNKNOWN_WORD}. */
  public static final int UNKNOWN = 0;

  /** Index of {@link #END_WORD}. */
  public static final int END = 1;

  /** Stands for every word that has no index; a text may hold it as well. */
  public static final String UNKNOWN_WORD = "<unk>";

  /** Ends every line; where a text holds it, a line ends too. */
  public static final String END_WORD = "<eos>";

  /** Number of words that are there without a text. */
  static final int RESERVED = 2;

  private final List<String> words;
  private final Map<String, Integer> indices = new HashMap<>();

  /**
   * Makes a vocabulary.
   *
   * @param words {@code <unk>}, {@code <eos>} and at least one other, all different, without white
   *     space
   */
  public Vocabulary(List<String> words) {
    this.words = List.copyOf(words);
    if (words.size() <= RESERVED
        || !words.get(UNKNOWN).equals(UNKNOWN_WORD)
        || !words.get(END).equals(END_WORD)) {
      throw new IllegalArgumentException("no vocabulary: " + words.size() + " words");
    }
    for (String word : words) {
      if (!isWord(word) || indices.putIfAbsent(word, indices.size()) != null) {
        throw new IllegalArgumentException("no word, or a repeated one: " + word);
      }
    }
  }

  /** Whether a text can have this word. */
  static boolean isWord(String text) {
    return !text.isEmpty() && text.chars().noneMatch(symbol -> WhiteSpace.is((char) symbol));
  }

  /**
   * The vocabulary of a text.
   *
   * @param train training part
   * @param settings how many words are kept
   * @throws DataException if nothing is left but {@code <unk>} and {@code <eos>}
   */
  static Vocabulary of(Text train, TextSettings settings) {
    int[] counts = train.counts();
    long most = settings.vocabulary() == 0 ? counts.length : settings.vocabulary() - RESERVED;
    List<String> words = new ArrayList<>(List.of(UNKNOWN_WORD, END_WORD));
    IntStream.range(RESERVED, counts.length)
        .filter(word -> counts[word] >= settings.minimumCount())
        .boxed()
        .sorted(Comparator.comparing((Integer word) -> -counts[word]))
        .limit(most)
        .forEach(word -> words.add(train.words().get(word)));
    if (words.size() == RESERVED) {
      throw new DataException(
          Quote.format(
              "%s: none of the %d words of the training part is kept, expected at least one; raise"
                  + " data.text_format.vocabulary = %d (0 is no limit) or lower"
                  + " data.text_format.min_count = %d",
              train.file(), train.wordCount(), settings.vocabulary(), settings.minimumCount()));
    }
    return new Vocabulary(words);
  }

  /**
   * Reads a vocabulary that was saved as {@link #text}.
   *
   * @param file where it is
   * @throws DataException with file and line if it is none
   */
  public static Vocabulary load(Path file) {
    return VocabularyReader.read(StoredBytes.file(file, VocabularyReader.KIND));
  }

  /** What a file of it holds: one word a line, the index of a word being the lines above it. */
  public String text() {
    return String.join("\n", words) + "\n";
  }

  /** SHA-256 of {@link #text} as UTF-8, in hexadecimal. */
  public String sha256() {
    byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(StoredBytes.sha256().digest(bytes));
  }

  /** Number of words, {@code <unk>} and {@code <eos>} among them; at least 3. */
  public int size() {
    return words.size();
  }

  /** All words, in the order of their indices. */
  public List<String> words() {
    return words;
  }

  /** The word with an index, 0 to {@code size() - 1}. */
  public String word(int index) {
    return words.get(index);
  }

  /** The index of a word, {@link #UNKNOWN} if it has none. */
  public int index(String word) {
    return indices.getOrDefault(word, UNKNOWN);
  }

  /** The tokens of a text, as indices of this vocabulary. */
  int[] encode(Text text) {
    int[] mapped = text.words().stream().mapToInt(this::index).toArray();
    return IntStream.of(text.tokens()).map(token -> mapped[token]).toArray();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Vocabulary other && words.equals(other.words);
  }

  @Override
  public int hashCode() {
    return words.hashCode();
  }

  @Override
  public String toString() {
    return "vocabulary of " + words.size() + " words";
  }
}
