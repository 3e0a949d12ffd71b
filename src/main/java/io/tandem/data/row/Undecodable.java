package io.tandem.data.row;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.Encodings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Finds where a file stops being in its encoding, which a buffered reader cannot tell. */
final class Undecodable {
  private static final int BUFFER = 1 << 16;

  private final StoredBytes input;
  private final Dialect dialect;
  private final DialectRemedy remedy;
  private long line = 1;
  private long cell = 1;
  private char previous;

  private Undecodable(StoredBytes input, Dialect dialect, DialectRemedy remedy) {
    this.input = input;
    this.dialect = dialect;
    this.remedy = remedy;
  }

  /** The message with the line, cell, offset and value of the first byte that cannot be decoded. */
  static DataException locate(
      StoredBytes input, Dialect dialect, DialectRemedy remedy, IOException cause) {
    try (InputStream stream = input.openText(StoredBytes.unhashed())) {
      return new Undecodable(input, dialect, remedy).in(stream, cause);
    } catch (IOException e) {
      return input.unreadable(e);
    }
  }

  private DataException in(InputStream stream, IOException cause) throws IOException {
    CharsetDecoder decoder =
        dialect
            .encoding()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    byte[] bytes = new byte[BUFFER];
    CharBuffer decoded = CharBuffer.allocate(BUFFER);
    long before = 0;
    int kept = 0;
    while (true) {
      int read = stream.readNBytes(bytes, kept, BUFFER - kept);
      boolean last = read < BUFFER - kept;
      ByteBuffer source = ByteBuffer.wrap(bytes, 0, kept + read);
      CoderResult result = decoder.decode(source, decoded, last);
      count(decoded.flip());
      decoded.clear();
      if (result.isError()) {
        return new DataException(message(source, before), cause);
      }
      if (last && !source.hasRemaining()) {
        return input.unreadable(cause);
      }
      before += source.position();
      kept = source.remaining();
      System.arraycopy(bytes, source.position(), bytes, 0, kept);
    }
  }

  /** Follows lines and cells, not quotes: what is in them may be what is wrong. */
  private void count(CharBuffer text) {
    while (text.hasRemaining()) {
      char symbol = text.get();
      if (symbol == '\n' && previous == '\r') {
        previous = symbol;
        continue;
      }
      if (symbol == '\n' || symbol == '\r') {
        line++;
        cell = 1;
      } else if (symbol == dialect.delimiter().symbol()) {
        cell++;
      }
      previous = symbol;
    }
  }

  /** The decoder stops before the byte that it cannot decode. */
  private String message(ByteBuffer source, long before) {
    Charset encoding = dialect.encoding();
    ByteBuffer all = source.duplicate().rewind();
    byte[] bytes = new byte[all.remaining()];
    all.get(bytes);
    int position = source.position();
    return Quote.format(
        "%s:%d:%d: byte 0x%s at offset %d is not %s; %s",
        input.name(),
        line,
        cell,
        HexFormat.of().toHexDigits(bytes[position]),
        before + position,
        encoding.name(),
        advice(encoding, before == 0, bytes));
  }

  private String advice(Charset encoding, boolean isBeginning, byte... bytes) {
    Optional<Charset> marked = isBeginning ? Encodings.ofMark(bytes) : Optional.empty();
    if (marked.isPresent() && !marked.get().equals(encoding)) {
      return remedy.use("encoding", marked.get().name()) + ", as its byte order mark says";
    }
    Optional<Charset> likely = Encodings.likely(bytes).filter(other -> !other.equals(encoding));
    if (likely.isPresent()) {
      return "save the file as UTF-8, or "
          + remedy.use("encoding", likely.get().name())
          + " if it is from a Windows program";
    }
    return encoding.equals(StandardCharsets.UTF_8)
        ? "save the file as UTF-8, or name its encoding with " + remedy.set("encoding", "NAME")
        : "name its encoding with " + remedy.set("encoding", "NAME") + ", or save it as UTF-8";
  }
}
