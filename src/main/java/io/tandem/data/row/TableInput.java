package io.tandem.data.row;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectSettings;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as it is stored: text, a Parquet file or what a query answers. It can be read again and
 * has the same rows each time.
 */
public interface TableInput extends AutoCloseable {
  /** What to call it in messages: a path, or where a database is. */
  String name();

  /**
   * The rows from the beginning.
   *
   * @param known what is known of the way in which it is written, of a table that is text
   * @param like the dialect of a similar table, for what its first rows do not tell
   * @param remedy how people say what it is
   * @param digest gets what identifies the rows; complete when the last row has been read
   * @throws DataException if the table cannot be opened
   */
  TableRows open(
      DialectSettings known, Optional<Dialect> like, DialectRemedy remedy, MessageDigest digest);

  /**
   * Returns true if the table brings the names of its columns, so that nothing is to be known about
   * how it is written.
   */
  boolean named();

  /** The error for a table of which nothing but the names of its columns is there. */
  DataException withoutRows();

  /**
   * A row, for messages.
   *
   * @param row its line or number, as {@link TableRow#line} has it
   */
  default String place(long row) {
    return TableRow.place(name(), row, named());
  }

  /** The bytes of a table that is text. */
  default Optional<StoredBytes> bytes() {
    return Optional.empty();
  }

  /** Lets go of what the table is kept in; nothing by default. */
  @Override
  default void close() {}

  /**
   * Checks that a configuration does not say that a table has no names, if it names its columns
   * itself.
   *
   * @param format what it says
   * @throws DataException if it does
   */
  default void requireHeader(CsvFormat format) {
    if (named() && !format.header()) {
      throw new DataException(
          name() + ": names its columns itself; leave out data.format.header: false");
    }
  }

  /**
   * Checks that a configuration says nothing of how text is written if no table is text.
   *
   * @param inputs all tables that it is about
   * @param format what it says
   * @throws DataException naming the first of its settings that would be without effect
   */
  static void requireText(List<TableInput> inputs, CsvFormat format) {
    if (!inputs.stream().allMatch(TableInput::named)) {
      return;
    }
    List<String> changed = new ArrayList<>(format.dialect().changed());
    if (format.damagedShare() > 0) {
      changed.add("damaged_share");
    }
    if (!changed.isEmpty()) {
      throw new DataException(
          Quote.format(
              "%s: is no text, so that it has no %s; leave out data.format.%s",
              inputs.get(0).name(), changed.get(0), changed.get(0)));
    }
  }

  /**
   * Checks that columns are read.
   *
   * @param unread those that are not, as {@link TableRows#unread} has them
   * @param used indices of the columns that are needed
   * @param names of all columns
   * @param remedy what to do otherwise
   * @throws DataException naming the first that is not
   */
  default void requireRead(
      Map<Integer, String> unread, List<Integer> used, List<String> names, String remedy) {
    for (int column : used) {
      if (unread.containsKey(column)) {
        throw new DataException(
            Quote.format(
                "%s: column %s is %s, expected numbers, texts, dates or truth values; %s",
                name(), Quote.quoted(names.get(column)), unread.get(column), remedy));
      }
    }
  }

  /**
   * A table that is text.
   *
   * @param bytes CSV, plain or compressed with gzip
   */
  static TableInput csv(StoredBytes bytes) {
    return new TableInput() {
      @Override
      public String name() {
        return bytes.name();
      }

      @Override
      public TableRows open(
          DialectSettings known,
          Optional<Dialect> like,
          DialectRemedy remedy,
          MessageDigest digest) {
        return new CsvRows(bytes, known, like, remedy, digest);
      }

      @Override
      public Optional<StoredBytes> bytes() {
        return Optional.of(bytes);
      }

      @Override
      public boolean named() {
        return false;
      }

      @Override
      public DataException withoutRows() {
        return new DataException(
            name()
                + ": a header and no rows, expected rows; add some, or say that the table has no"
                + " header");
      }
    };
  }
}
