package io.tandem.data.table;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file (RFC 4180, UTF-8 with or without byte order mark, any line ends), one at a
 * time. Empty lines are passed over. Whatever is wrong with the bytes becomes a {@link
 * DataException}.
 */
final class CsvRows implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final StoredBytes input;
  private final char delimiter;
  private final CsvReader<CsvRow> reader;
  private final CloseableIterator<CsvRow> rows;
  private long line;

  /**
   * Opens a table.
   *
   * @param input its bytes
   * @param delimiter character between two cells
   * @param digest gets the stored bytes; complete when {@link #next} has returned null
   */
  CsvRows(StoredBytes input, char delimiter, MessageDigest digest) {
    this.input = input;
    this.delimiter = delimiter;
    try {
      BufferedReader text =
          new BufferedReader(
              new InputStreamReader(
                  input.open(digest),
                  StandardCharsets.UTF_8
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT)),
              BUFFER);
      skipByteOrderMark(text);
      this.reader =
          CsvReader.builder()
              .fieldSeparator(delimiter)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .allowUnclosedQuote(false)
              .build(new CsvRow(), text);
      this.rows = reader.iterator();
    } catch (IOException e) {
      throw failure(e);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          input.name()
              + ": cells cannot be separated by "
              + Quote.quoted(String.valueOf(delimiter))
              + "; use a comma, semicolon or tab",
          e);
    }
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  /** The next row, valid until the one after it is asked for; null at the end. */
  @Nullable CsvRow next() {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      CsvRow row = rows.next();
      line = row.line();
      return row;
    } catch (UncheckedIOException | CsvParseException e) {
      throw e.getCause() instanceof IOException cause ? failure(cause) : unparsable(e);
    }
  }

  private DataException unparsable(RuntimeException cause) {
    return new DataException(
        Quote.format(
            "%s:%d: the text after this line is no CSV (%s); look for a quote that is not closed",
            input.name(), line, cause),
        cause);
  }

  private DataException failure(IOException cause) {
    return cause instanceof CharacterCodingException
        ? Undecodable.locate(input, delimiter, cause)
        : input.unreadable(cause);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
