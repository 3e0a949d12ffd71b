package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Finds where a file stops being UTF-8, which a buffered reader cannot tell. */
final class Undecodable {
  private Undecodable() {}

  /** The message with the line, cell and value of the first byte that is not UTF-8. */
  static DataException locate(StoredBytes input, char delimiter, IOException cause) {
    try (InputStream stream = input.open(StoredBytes.sha256())) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long number = 1;
      for (int next = stream.read(); ; next = stream.read()) {
        if (next >= 0) {
          line.write(next);
        }
        if (next < 0 || next == '\n') {
          DataException found = check(input, number, line.toByteArray(), delimiter, cause);
          if (found != null) {
            return found;
          }
          line.reset();
          number++;
        }
        if (next < 0) {
          return input.unreadable(cause);
        }
      }
    } catch (IOException e) {
      return input.unreadable(e);
    }
  }

  private static @Nullable DataException check(
      StoredBytes input, long number, byte[] bytes, char delimiter, IOException cause) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer source = ByteBuffer.wrap(bytes);
    CharBuffer decoded = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(source, decoded, true);
    if (!result.isError()) {
      return null;
    }
    long cell = 1 + decoded.flip().chars().filter(symbol -> symbol == delimiter).count();
    return new DataException(
        Quote.format(
            "%s:%d:%d: byte 0x%s is not UTF-8; save the file as UTF-8",
            input.name(), number, cell, HexFormat.of().toHexDigits(bytes[source.position()])),
        cause);
  }
}
