package io.tandem.data.parquet;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TableRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.PlainReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The rows of a Parquet file; one of its groups of rows is in memory at a time. */
final class ParquetRows implements TableRows {
  private final Path file;
  private final ParquetFileReader reader;
  private final List<Type> columns;
  private final MessageType read;
  private final Map<Integer, String> unread = new TreeMap<>();
  private final TableRow row = new TableRow();
  private @Nullable RecordReader<RowTexts> group;
  private int groups;
  private long left;
  private long number = -1;

  private ParquetRows(Path file, ParquetFileReader reader) {
    this.file = file;
    this.reader = reader;
    MessageType schema = reader.getFileMetaData().getSchema();
    columns = schema.getFields();
    List<Type> chosen = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      int place = column;
      CellText.unread(columns.get(column))
          .ifPresentOrElse(what -> unread.put(place, what), () -> chosen.add(columns.get(place)));
    }
    read = new MessageType(schema.getName(), chosen);
    reader.setRequestedSchema(read);
  }

  /**
   * Opens a file.
   *
   * @param file a Parquet file
   * @throws DataException if what describes it is damaged
   */
  static ParquetRows open(Path file) {
    try {
      ParquetFileReader reader =
          new ParquetFileReader(new LocalInputFile(file), PlainReadOptions.of(new PageCodecs()));
      return new ParquetRows(file, reader);
    } catch (IOException | RuntimeException failure) {
      throw damaged(file.toString(), failure);
    }
  }

  @Override
  public Map<Integer, String> unread() {
    return unread;
  }

  @Override
  public @Nullable TableRow next() {
    number++;
    row.begin(number);
    if (number == 0) {
      columns.forEach(column -> row.add(column.getName()));
      return row;
    }
    RowTexts texts = texts();
    if (texts == null) {
      return null;
    }
    int place = 0;
    for (int column = 0; column < columns.size(); column++) {
      if (unread.containsKey(column)) {
        row.add("");
      } else {
        texts.addTo(row, place++);
      }
    }
    return row;
  }

  private @Nullable RowTexts texts() {
    try {
      while (left == 0) {
        if (!nextGroup()) {
          return null;
        }
      }
      left--;
      return group == null ? null : group.read();
    } catch (IOException | RuntimeException failure) {
      throw damaged(row.place(file.toString()), failure);
    }
  }

  /** Reads the next group of rows, which may have none; false if there is no other. */
  private boolean nextGroup() throws IOException {
    List<BlockMetaData> all = reader.getRowGroups();
    if (groups == all.size()) {
      return false;
    }
    left = all.get(groups).getRowCount();
    groups++;
    if (left == 0) {
      reader.skipNextRowGroup();
      return true;
    }
    PageReadStore pages = reader.readNextRowGroup();
    group = new ColumnIOFactory().getColumnIO(read).getRecordReader(pages, new RowTexts(read));
    return true;
  }

  private static DataException damaged(String place, Exception failure) {
    StringBuilder said = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PageCodecs.UnreadCodec codec) {
        return new DataException(
            Quote.format(
                "%s: the Parquet file is compressed with %s, expected snappy, zstd, gzip, lz4_raw or"
                    + " none; write it with one of these",
                place, String.valueOf(codec.getMessage())),
            failure);
      }
      String message =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      if (said.indexOf(message) < 0) {
        said.append(said.isEmpty() ? "" : ": ").append(message);
      }
    }
    return new DataException(
        Quote.format(
            "%s: the Parquet file is damaged (%s); copy it or write it again",
            place, Quote.printable(said.toString().replaceAll("\\s+", " "))),
        failure);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException failure) {
      throw damaged(file.toString(), failure);
    }
  }
}
