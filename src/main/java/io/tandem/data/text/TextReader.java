package io.tandem.data.text;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Reads a text, plain or compressed with gzip: UTF-8 with or without byte order mark, words between
 * white space, lines that end with a line feed. Each line ends with the token {@code <eos>}, also
 * an empty one and a last one without line feed.
 */
final class TextReader {
  /** What it reads, for messages. */
  static final String KIND = "text file";

  private static final int BUFFER = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char NEXT_LINE = '\u0085';

  private final StoredBytes input;
  private final TextBuilder text = new TextBuilder();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private boolean inLine;

  private TextReader(StoredBytes input) {
    this.input = input;
  }

  /**
   * Reads a whole text.
   *
   * @param input its bytes
   * @param digest gets the stored bytes
   * @throws DataException if it cannot be read, is no UTF-8, or has no word
   */
  static Text read(StoredBytes input, MessageDigest digest) {
    TextReader reader = new TextReader(input);
    try (InputStream stream = input.open(digest)) {
      reader.decode(stream);
    } catch (IOException failure) {
      throw input.unreadable(failure);
    }
    reader.end();
    Text text = reader.text.build(input.name());
    if (text.wordCount() == 0) {
      throw new DataException(
          input.name() + ": no word, expected words between white space; give a text");
    }
    return text;
  }

  /** Whether a character separates words: all white space of Unicode. */
  static boolean isSpace(char symbol) {
    return Character.isWhitespace(symbol) || Character.isSpaceChar(symbol) || symbol == NEXT_LINE;
  }

  private void decode(InputStream stream) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    // As many as bytes: UTF-8 has no character shorter than its UTF-16.
    CharBuffer symbols = CharBuffer.allocate(BUFFER);
    long offset = 0;
    boolean end = false;
    while (!end) {
      bytes.compact();
      int count = stream.read(bytes.array(), bytes.position(), bytes.remaining());
      end = count < 0;
      bytes.position(bytes.position() + Math.max(0, count)).flip();
      CoderResult result = decoder.decode(bytes, symbols.clear(), end);
      checkText(bytes, offset, result);
      take(symbols.flip());
      offset += bytes.position();
    }
  }

  /** UTF-16 can be UTF-8 with a zero before or behind every letter. */
  private void checkText(ByteBuffer bytes, long offset, CoderResult result) {
    for (int index = 0; index < bytes.position(); index++) {
      if (bytes.get(index) == 0) {
        throw undecodable(offset + index, (byte) 0, "is no text");
      }
    }
    if (result.isError()) {
      int position = bytes.position();
      throw undecodable(offset + position, bytes.get(position), "is not UTF-8");
    }
  }

  private DataException undecodable(long offset, byte found, String what) {
    return new DataException(
        Quote.format(
            "%s:%d: byte 0x%s %s; save the file as UTF-8",
            input.name(), offset, HexFormat.of().toHexDigits(found), what));
  }

  private void take(CharBuffer symbols) {
    while (symbols.hasRemaining()) {
      char symbol = symbols.get();
      if (begun || symbol != BYTE_ORDER_MARK) {
        take(symbol);
      }
      begun = true;
    }
  }

  private void take(char symbol) {
    inLine = symbol != '\n';
    if (isSpace(symbol)) {
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
