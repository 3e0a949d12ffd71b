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
 * The characters of a text, plain or compressed with gzip: UTF-8 with or without byte order mark,
 * which is left out.
 */
final class TextDecoder {
  /** What it reads, for messages. */
  static final String KIND = "text file";

  private static final int BUFFER = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final StoredBytes input;
  private final Sink sink;
  private boolean begun;

  private TextDecoder(StoredBytes input, Sink sink) {
    this.input = input;
    this.sink = sink;
  }

  /** Takes the characters of a text, one after another. */
  @FunctionalInterface
  interface Sink {
    /** Takes the next one, of UTF-16. */
    void take(char symbol);
  }

  /**
   * Reads a whole text.
   *
   * @param input its bytes
   * @param digest gets the stored bytes
   * @param sink gets the characters
   * @throws DataException if it cannot be read or is no UTF-8
   */
  static void read(StoredBytes input, MessageDigest digest, Sink sink) {
    try (InputStream stream = input.open(digest)) {
      new TextDecoder(input, sink).decode(stream);
    } catch (IOException failure) {
      throw input.unreadable(failure);
    }
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
        throw undecodable(offset + index, (byte) 0, "is not text");
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
        sink.take(symbol);
      }
      begun = true;
    }
  }
}
