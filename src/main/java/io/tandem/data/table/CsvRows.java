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
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file (RFC 4180, UTF-8 with or without byte order mark, any line ends), one at a
 * time. Empty lines are passed over. Whatever is wrong with the bytes becomes a {@link
 * DataException}.
 */
public final class CsvRows implements TableRows {
  private static final int BUFFER = 1 << 16;

  private static final int LONGEST_CELL = 1 << 24;

  // The library keeps more than the cell in it.
  private static final int CELL_BUFFER = 2 * LONGEST_CELL;
  private static final Pattern RECORD = Pattern.compile("starting at line (\\d+)");
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("\"?sep=(.)\"?\\1*\\s*", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_SEPARATOR_LINE = 64;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final StoredBytes input;
  private final char delimiter;
  private final UnaryOperator<String> remedy;
  private final CsvReader<CsvRow> reader;
  private final CloseableIterator<CsvRow> rows;
  private long line;

  /**
   * Opens a table.
   *
   * @param input its bytes
   * @param delimiter character between two cells
   * @param remedy how people set another delimiter, as {@link Delimiters} takes it
   * @param digest gets the stored bytes; complete when {@link #next} has returned null
   */
  public CsvRows(
      StoredBytes input, char delimiter, UnaryOperator<String> remedy, MessageDigest digest) {
    this.input = input;
    this.delimiter = delimiter;
    this.remedy = remedy;
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
      refuseSeparatorLine(text);
      this.reader =
          CsvReader.builder()
              .fieldSeparator(delimiter)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .allowUnclosedQuote(false)
              .maxBufferSize(CELL_BUFFER)
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

  /** Excel takes such a first line for a setting and does not show it. */
  private void refuseSeparatorLine(BufferedReader text) throws IOException {
    text.mark(LONGEST_SEPARATOR_LINE);
    char[] first = new char[LONGEST_SEPARATOR_LINE];
    int filled = 0;
    for (int read = 0; read >= 0 && filled < first.length; ) {
      read = text.read(first, filled, first.length - filled);
      filled += Math.max(0, read);
    }
    text.reset();
    String line = new String(first, 0, filled).split("\\R", 2)[0];
    Matcher found = SEPARATOR_LINE.matcher(line);
    if (found.matches()) {
      char separator = found.group(1).charAt(0);
      throw new DataException(
          Quote.format(
              "%s:1: the line %s is a setting for Excel, expected the header or a row; delete the"
                  + " line%s",
              input.name(),
              Quote.quoted(line),
              separator == delimiter ? "" : " and " + remedy.apply(Delimiters.shown(separator))));
    }
  }

  @Override
  public @Nullable CsvRow next() {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      CsvRow row = rows.next();
      line = row.line();
      if (row.longest() > LONGEST_CELL) {
        throw overlong(line);
      }
      return row;
    } catch (UncheckedIOException | CsvParseException e) {
      throw e.getCause() instanceof IOException cause ? failure(cause) : unparsable(e);
    }
  }

  private DataException unparsable(RuntimeException cause) {
    String said = said(cause);
    Matcher place = RECORD.matcher(said);
    long begin = place.find() ? Long.parseLong(place.group(1)) : line + 1;
    if (said.contains("maximum buffer size")) {
      return overlong(begin);
    }
    if (said.contains("Unclosed")) {
      return new DataException(
          Quote.format(
              "%s:%d: a quote that begins in this row is never closed; close it, or double it if it"
                  + " belongs to the text%s",
              input.name(), begin, hint(begin)),
          cause);
    }
    if (said.contains("after closing quote")) {
      return new DataException(
          Quote.format(
              "%s:%d: text follows a closing quote, expected %s or the end of the row; double quotes"
                  + " that belong to the text%s",
              input.name(), begin, Quote.quoted(String.valueOf(delimiter)), hint(begin)),
          cause);
    }
    return new DataException(
        Quote.format("%s:%d: the row cannot be read (%s); correct it", input.name(), begin, said),
        cause);
  }

  /** Its line is not read again for a hint: it may be as long as the memory. */
  private DataException overlong(long begin) {
    return new DataException(
        Quote.format(
            "%s:%d: a cell of this row has more than %d characters, the most that are allowed;"
                + " shorten it, or close a quote that begins in this row",
            input.name(), begin, LONGEST_CELL));
  }

  /** What the library says, and what led to it. */
  private static String said(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(text.isEmpty() ? "" : ": ").append(cause.getMessage());
    }
    return text.toString();
  }

  private String hint(long number) {
    try (InputStream stream = input.open(StoredBytes.sha256());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String found = "";
      for (long count = 0; count < number && found != null; count++) {
        found = lines.readLine();
      }
      return found == null ? "" : Delimiters.hint(found, delimiter, remedy);
    } catch (IOException unreadable) {
      return "";
    }
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
