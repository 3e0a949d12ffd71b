package io.tandem.data.text;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import java.security.MessageDigest;

/**
 * Reads a text, as {@link TextDecoder} decodes it: words between white space, lines that end with a
 * line feed. Each line ends with the token {@code <eos>}, also an empty one and a last one without
 * line feed.
 */
final class TextReader {
  /** What it reads, for messages. */
  static final String KIND = TextDecoder.KIND;

  private final TextBuilder text = new TextBuilder();
  private final StringBuilder word = new StringBuilder();
  private boolean inLine;

  private TextReader() {}

  /**
   * Reads a whole text.
   *
   * @param input its bytes
   * @param digest gets the stored bytes
   * @throws DataException if it cannot be read, is no UTF-8, or has no word
   */
  static Text read(StoredBytes input, MessageDigest digest) {
    TextReader reader = new TextReader();
    TextDecoder.read(input, digest, reader::take);
    reader.end();
    Text text = reader.text.build(input.name());
    if (text.wordCount() == 0) {
      throw new DataException(
          input.name() + ": no word, expected words between white space; give a text");
    }
    return text;
  }

  private void take(char symbol) {
    inLine = symbol != '\n';
    if (WhiteSpace.is(symbol)) {
      endWord();
      if (!inLine) {
        text.endLine();
      }
    } else {
      word.append(symbol);
    }
  }

  private void endWord() {
    if (!word.isEmpty()) {
      text.add(word.toString());
      word.setLength(0);
    }
  }

  private void end() {
    endWord();
    if (inLine) {
      text.endLine();
    }
  }
}
