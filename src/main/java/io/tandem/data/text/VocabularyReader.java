package io.tandem.data.text;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the file of a vocabulary: UTF-8, one word a line, each line with a line feed. */
final class VocabularyReader {
  /** What it reads, for messages. */
  static final String KIND = "vocabulary";

  private static final String REMEDY = "; give the file as the program wrote it";

  private final StoredBytes input;
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();

  private VocabularyReader(StoredBytes input) {
    this.input = input;
  }

  /**
   * Reads a file.
   *
   * @param input its bytes
   * @throws DataException if it is no vocabulary
   */
  static Vocabulary read(StoredBytes input) {
    VocabularyReader reader = new VocabularyReader(input);
    try (InputStream stream = input.open(StoredBytes.sha256())) {
      reader.read(stream.readAllBytes());
    } catch (IOException failure) {
      throw input.unreadable(failure);
    }
    return new Vocabulary(reader.words);
  }

  private void read(byte[] bytes) {
    int start = 0;
    for (int position = 0; position < bytes.length; position++) {
      if (bytes[position] == '\n') {
        add(decode(ByteBuffer.wrap(bytes, start, position - start)));
        start = position + 1;
      }
    }
    if (start < bytes.length) {
      throw refused("the file ends within the line, expected a line feed");
    }
    if (words.size() <= Vocabulary.RESERVED) {
      throw refused("the file ends, expected at least %d lines", Vocabulary.RESERVED + 1);
    }
  }

  private String decode(ByteBuffer line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
    } catch (CharacterCodingException failure) {
      throw refused("the line is not UTF-8");
    }
  }

  private void add(String word) {
    if (words.size() < Vocabulary.RESERVED) {
      String expected =
          words.size() == Vocabulary.UNKNOWN ? Vocabulary.UNKNOWN_WORD : Vocabulary.END_WORD;
      if (!word.equals(expected)) {
        throw refused("%s, expected %s", Quote.quoted(word), expected);
      }
    }
    if (!Vocabulary.isWord(word)) {
      throw refused("%s, expected one word without white space", Quote.quoted(word));
    }
    Integer former = lines.putIfAbsent(word, words.size() + 1);
    if (former != null) {
      throw refused(
          "%s, which is in line %d too, expected different words", Quote.quoted(word), former);
    }
    words.add(word);
  }

  private DataException refused(String template, Object... values) {
    return new DataException(
        Quote.format("%s:%d: ", input.name(), words.size() + 1)
            + Quote.format(template, values)
            + REMEDY);
  }
}
