package io.tandem.dialect;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The first rows of a table, as a delimiter and a quote divide them.
 *
 * @param rows those that can be read
 * @param broken whether the row after them cannot
 */
record Sample(List<SampleRow> rows, boolean broken) {
  private static final int ROWS = 100;

  /**
   * Divides a text.
   *
   * @param text whole lines from the beginning of a table
   */
  static Sample of(String text, Delimiter delimiter, char quote) {
    List<SampleRow> rows = new ArrayList<>();
    try (Reader characters = reader(text, delimiter, quote);
        CsvReader<SampleRow> reader =
            CsvReader.builder()
                .fieldSeparator(delimiter.symbol())
                .quoteCharacter(Quotes.symbol(quote))
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(new Handler(), characters)) {
      Iterator<SampleRow> iterator = reader.iterator();
      while (rows.size() < ROWS && iterator.hasNext()) {
        rows.add(iterator.next());
      }
      return new Sample(rows, false);
    } catch (CsvParseException | IllegalArgumentException broken) {
      return new Sample(rows, true);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Reader reader(String text, Delimiter delimiter, char quote) {
    Reader characters = new StringReader(text);
    return delimiter.repeated() ? new AlignedReader(characters, quote) : characters;
  }

  private static final class Handler extends CsvCallbackHandler<SampleRow> {
    private final List<String> cells = new ArrayList<>();
    private final List<Boolean> quotes = new ArrayList<>();
    private RecordType type = RecordType.DATA;

    @Override
    protected RecordType getRecordType() {
      return type;
    }

    @Override
    protected int getFieldCount() {
      return cells.size();
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
      cells.clear();
      quotes.clear();
      type = RecordType.DATA;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
      cells.add(new String(buffer, offset, length).strip());
      quotes.add(quoted);
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
      type = RecordType.COMMENT;
    }

    @Override
    protected void setEmpty() {
      type = RecordType.EMPTY;
    }

    @Override
    protected SampleRow buildRecord() {
      return new SampleRow(cells, quotes);
    }
  }
}
