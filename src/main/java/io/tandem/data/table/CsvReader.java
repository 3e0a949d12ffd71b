package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableLayout;
import io.tandem.disk.NextCommand;
import java.security.MessageDigest;
import java.util.List;

/** Reads labelled tables: numeric features and one column with the class, a text or an integer. */
final class CsvReader {
  /** What it reads, for messages. */
  static final String KIND = "CSV file";

  private static final Cells.Remedies REMEDIES =
      new Cells.Remedies(
          "say that the table has a header, or correct the cell",
          "correct the cell, encode the column as numbers, or leave the column out with --set"
              + " data.format.ignore=COLUMN");

  private final String file;
  private final TableLayout layout;
  private final BadCells bad;
  private final Cells cells;
  private final LabelColumn labels;
  private long rowCount;

  private CsvReader(String file, TableLayout layout, CsvFormat format) {
    this.file = file;
    this.layout = layout;
    bad = new BadCells(file);
    cells = new Cells(layout.features().size(), REMEDIES, bad);
    labels = new LabelColumn(format, bad);
  }

  /**
   * Reads a whole table.
   *
   * @param input its bytes
   * @param format how it is written
   * @param digest gets the stored bytes
   * @throws DataException if it cannot be read or rows are not as the others
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
      return new CsvReader(input.name(), layout, format).rest(rows, row);
    }
  }

  private Table rest(CsvRows rows, CsvRow first) {
    try {
      for (CsvRow row = first; row != null; row = rows.next()) {
        add(row);
      }
    } catch (DataException end) {
      bad.gatherTexts(rowCount, this::textColumns);
      throw bad.with(end);
    }
    bad.gatherTexts(rowCount, this::textColumns);
    bad.throwIfAny();
    return new Table(file, layout, cells, labels.toArray(), labels.texts(), labels.lines());
  }

  /** One line for each column of texts, with what leaves all of them out. */
  private List<String> textColumns(List<BadCells.TextColumn> columns) {
    String ignore =
        IgnoredColumns.setting(layout, columns.stream().map(BadCells.TextColumn::cell).toList());
    return columns.stream()
        .map(
            column ->
                Quote.format(
                    "%s: column %s has text in %,d of %,d rows, such as %s in line %d, expected"
                        + " numbers; encode it as numbers, or leave it out with %s%s",
                    file,
                    Quote.quoted(layout.columns().get(column.cell())),
                    column.count(),
                    rowCount,
                    Quote.quoted(column.example()),
                    column.first(),
                    ignore,
                    columns.size() == 1 ? label(column.cell()) : ""))
        .toList();
  }

  /** Whoever has one column of texts and a label that counts has probably mixed them up. */
  private String label(int column) {
    List<String> distinct = labels.texts();
    boolean counts =
        2L * distinct.size() > rowCount
            && distinct.stream().noneMatch(text -> Decimal.isNone(text));
    return counts
        ? Quote.format(
            "; the label %s is a number that differs from row to row: is %s the label? Then use %s",
            Quote.quoted(layout.labelName()),
            Quote.quoted(layout.columns().get(column)),
            NextCommand.set(
                "data.format.label",
                layout.named() ? layout.columns().get(column) : String.valueOf(column)))
        : "";
  }

  private void add(CsvRow row) {
    rowCount++;
    int width = layout.columns().size();
    if (row.cells() != width) {
      bad.add(
          row.line(),
          () ->
              Quote.format(
                  "%s:%d:%d: the row has %d cells, expected %d as in the first row; correct or"
                      + " remove the row",
                  file, row.line(), Math.min(row.cells(), width) + 1, row.cells(), width));
      return;
    }
    labels.add(row, layout.label(), file);
    for (int feature : layout.features()) {
      cells.add(row, feature, file);
    }
  }
}
