package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableLayout;
import java.security.MessageDigest;

/** Reads labelled tables: numeric features and one column with the class, a text or an integer. */
final class CsvReader {
  /** What it reads, for messages. */
  static final String KIND = "CSV file";

  private static final Cells.Remedies REMEDIES =
      new Cells.Remedies(
          "say that the table has a header, or mend the cell",
          "mend the cell, encode the column as numbers, or leave the column out by"
              + " data.format.ignore");

  private CsvReader() {}

  /**
   * Reads a whole table.
   *
   * @param input its bytes
   * @param format how it is written
   * @param digest gets the stored bytes
   * @throws DataException if it cannot be read or a row is not as the others
   */
  static Table read(StoredBytes input, CsvFormat format, MessageDigest digest) {
    try (CsvRows rows = new CsvRows(input, format.delimiter(), Delimiters.SETTING, digest)) {
      CsvRow row = rows.next();
      if (row == null) {
        throw new DataException(input.name() + ": the file is empty, expected rows; fill it");
      }
      TableLayout layout = Columns.of(input.name(), row, format);
      if (format.header()) {
        row = rows.next();
        if (row == null) {
          throw new DataException(
              input.name()
                  + ": a header and no rows, expected rows; add some, or say that the table has no"
                  + " header");
        }
      }
      Cells cells = new Cells(layout.features().size(), REMEDIES);
      LabelColumn labels = new LabelColumn(format);
      for (; row != null; row = rows.next()) {
        add(row, layout, input.name(), cells, labels);
      }
      return new Table(
          input.name(), layout, cells, labels.toArray(), labels.texts(), labels.lines());
    }
  }

  private static void add(
      CsvRow row, TableLayout layout, String file, Cells cells, LabelColumn labels) {
    int width = layout.columns().size();
    if (row.cells() != width) {
      throw new DataException(
          Quote.format(
              "%s:%d:%d: the row has %d cells, expected %d as in the first row; mend or remove the"
                  + " row",
              file, row.line(), Math.min(row.cells(), width) + 1, row.cells(), width));
    }
    labels.add(row, layout.label(), file);
    for (int feature : layout.features()) {
      cells.add(row, feature, file);
    }
  }
}
