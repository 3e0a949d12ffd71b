package io.tandem.data.row;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.dialect.AlignedReader;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Delimiters;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectFinder;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.FoundDialect;
import io.tandem.dialect.Quotes;
import io.tandem.dialect.SeparatorLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file (RFC 4180 in any {@link Dialect}, with or without byte order mark, any
 * line ends), one at a time. Empty lines are passed over. Whatever is wrong with the bytes becomes
 * a {@link DataException}.
 */
public final class CsvRows implements TableRows {
  private static final int BUFFER = 1 << 16;

  private static final int LONGEST_CELL = 1 << 24;

  // The library keeps more than the cell in it.
  private static final int CELL_BUFFER = 2 * LONGEST_CELL;
  private static final Pattern RECORD = Pattern.compile("starting at line (\\d+)");
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final StoredBytes input;
  private final DialectRemedy remedy;
  private final FoundDialect found;
  private final Dialect dialect;
  private final BatchesAhead batches;
  private final TableRow row;
  private RowBatch batch = new RowBatch();
  private int place;
  private int width = -1;
  private int empty;
  private long line;

  /**
   * Opens a table.
   *
   * @param input its bytes
   * @param known what is known of the way in which it is written; the rest is found in its first
   *     bytes
   * @param like the dialect of a similar table, for what these do not tell
   * @param remedy how people say what it is
   * @param digest gets the stored bytes; complete when {@link #next} has returned null
   */
  public CsvRows(
      StoredBytes input,
      DialectSettings known,
      Optional<Dialect> like,
      DialectRemedy remedy,
      MessageDigest digest) {
    this.input = input;
    this.remedy = remedy;
    try {
      InputStream bytes = input.openText(digest);
      bytes.mark(DialectFinder.BYTES);
      byte[] head = bytes.readNBytes(DialectFinder.BYTES);
      bytes.reset();
      this.found = find(head, known, like);
      this.dialect = found.dialect();
      BufferedReader text =
          new BufferedReader(
              new InputStreamReader(
                  bytes,
                  dialect
                      .encoding()
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT)),
              BUFFER);
      skipByteOrderMark(text);
      skipSeparatorLine(text);
      Reader characters =
          dialect.delimiter().repeated() ? new AlignedReader(text, dialect.quote()) : text;
      RowFiller filler = new RowFiller();
      this.batches =
          new BatchesAhead(
              filler,
              CsvReader.builder()
                  .fieldSeparator(dialect.delimiter().symbol())
                  .quoteCharacter(Quotes.symbol(dialect.quote()))
                  .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                  .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                  .allowUnclosedQuote(false)
                  .maxBufferSize(CELL_BUFFER)
                  .build(filler, characters));
      this.row = new TableRow(dialect, remedy);
    } catch (IOException e) {
      throw failure(e);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          input.name()
              + ": cells cannot be separated by "
              + Quote.quoted(known.delimiter().orElse(Delimiter.COMMA).text())
              + "; use a comma, semicolon or tab",
          e);
    }
  }

  private FoundDialect find(byte[] head, DialectSettings known, Optional<Dialect> like) {
    FoundDialect best;
    try {
      best = DialectFinder.of(head, known, like);
    } catch (IllegalArgumentException conflict) {
      throw new DataException(
          Quote.format(
              "%s: %s, expected different characters; %s",
              input.name(),
              String.valueOf(conflict.getMessage()),
              remedy.use("delimiter", "CHARACTER")),
          conflict);
    }
    if (best.rival().isPresent()) {
      String first = best.dialect().delimiter().text();
      String second = best.rival().get().text();
      throw new DataException(
          Quote.format(
              "%s: the first rows divide equally well at \"%s\" and at \"%s\", expected one"
                  + " delimiter; %s or %s",
              input.name(),
              first,
              second,
              remedy.use("delimiter", first),
              remedy.set("delimiter", second)));
    }
    return best;
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  /** The result of the look at its first rows. */
  public FoundDialect found() {
    return found;
  }

  /**
   * Takes empty cells off the end of all rows, the one that was read last among them.
   *
   * @param width number of cells of a row that has them
   * @param empty their number
   */
  public void dropEmpty(int width, int empty) {
    this.width = width;
    this.empty = empty;
    if (place > 0) {
      row.dropEmpty(width, empty);
    }
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  /**
   * Excel takes such a first line for a setting and does not show it. Its end stays, an empty line,
   * so that lines are counted as they are in the file.
   */
  private void skipSeparatorLine(BufferedReader text) throws IOException {
    text.mark(SeparatorLine.LONGEST);
    char[] first = new char[SeparatorLine.LONGEST];
    int filled = 0;
    for (int read = 0; read >= 0 && filled < first.length; ) {
      read = text.read(first, filled, first.length - filled);
      filled += Math.max(0, read);
    }
    text.reset();
    SeparatorLine separator = SeparatorLine.of(new String(first, 0, filled));
    if (separator.delimiter().isEmpty()) {
      return;
    }
    Delimiter set = separator.delimiter().get();
    if (!set.equals(dialect.delimiter())) {
      throw new DataException(
          Quote.format(
              "%s:1: the line %s is a setting for Excel and contradicts the delimiter \"%s\"; %s, or"
                  + " delete the line",
              input.name(),
              Quote.quoted(separator.line()),
              dialect.delimiter().text(),
              remedy.use("delimiter", set.text())));
    }
    text.skip(separator.line().length());
  }

  @Override
  public @Nullable TableRow next() {
    try {
      if (place == batch.rows()) {
        batch = batches.next(batch);
        place = 0;
      }
    } catch (UncheckedIOException | CsvParseException e) {
      throw e.getCause() instanceof IOException cause ? failure(cause) : unparsable(e);
    }
    if (place == batch.rows()) {
      return null;
    }
    row.show(batch, place++);
    line = row.line();
    row.dropEmpty(width, empty);
    if (batch.longest() > LONGEST_CELL && row.longest() > LONGEST_CELL) {
      throw overlong(line);
    }
    return row;
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
              input.name(), begin, Quote.quoted(dialect.delimiter().text()), hint(begin)),
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
    try (InputStream stream = input.openText(StoredBytes.unhashed());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, dialect.encoding()))) {
      String text = "";
      for (long count = 0; count < number && text != null; count++) {
        text = lines.readLine();
      }
      return text == null ? "" : Delimiters.hint(text, dialect.delimiter(), remedy);
    } catch (IOException unreadable) {
      return "";
    }
  }

  private DataException failure(IOException cause) {
    return cause instanceof CharacterCodingException
        ? Undecodable.locate(input, dialect, remedy, cause)
        : input.unreadable(cause);
  }

  @Override
  public void close() {
    try {
      batches.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
