package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads labelled tables: features that are numbers or categories, and one column with the class.
 *
 * <p>A table of numbers alone is read once. If there are texts or gaps it is read again, when it is
 * known which columns are categories.
 */
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
  private final ColumnScan scan;
  private final Optional<TypedCells> typed;
  private final LabelColumn labels;
  private long rowCount;

  private CsvReader(
      String file, TableLayout layout, CsvFormat format, Optional<Set<Integer>> categories) {
    this.file = file;
    this.layout = layout;
    bad = new BadCells(file);
    int features = layout.features().size();
    cells = new Cells(features, REMEDIES, bad);
    scan = new ColumnScan(features, declared(file, layout, format), format);
    int[] places = layout.features().stream().mapToInt(Integer::intValue).toArray();
    typed =
        categories.map(chosen -> new TypedCells(places, chosen, format::isMissing, REMEDIES, bad));
    labels = new LabelColumn(format);
  }

  private static Set<Integer> declared(String file, TableLayout layout, CsvFormat format) {
    Set<Integer> declared = new TreeSet<>();
    for (int column : Columns.categorical(file, layout, format)) {
      int feature = layout.features().indexOf(column);
      if (feature >= 0) {
        declared.add(feature);
      }
    }
    return declared;
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
    Read numbers = read(input, format, digest, Optional.empty());
    if (numbers.categories().isEmpty()) {
      return numbers.table().orElseThrow();
    }
    Set<Integer> categories = numbers.categories().get();
    Table table =
        read(input, format, StoredBytes.sha256(), Optional.of(categories)).table().orElseThrow();
    return Identifiers.without(table, declared(table.file(), table.layout(), format));
  }

  /**
   * Reads a table with the columns of another.
   *
   * @param like the other
   * @throws DataException if a cell is of another kind than the column there
   */
  static Table readLike(Table like, StoredBytes input, CsvFormat format, MessageDigest digest) {
    if (like.typed().isEmpty()) {
      return read(input, format, digest);
    }
    TypedRows columns = like.typed().get();
    return read(
            input,
            format,
            digest,
            Optional.of(
                IntStream.range(0, columns.columns().size())
                    .filter(index -> columns.columns().get(index) instanceof TypedRows.Texts)
                    .boxed()
                    .collect(Collectors.toSet())),
            Optional.of(like.layout()))
        .table()
        .orElseThrow();
  }

  /**
   * What a pass through a file gave.
   *
   * @param table the rows, if all are as expected
   * @param categories which features are categories, if there is more than numbers in the table
   */
  private record Read(Optional<Table> table, Optional<Set<Integer>> categories) {}

  private static Read read(
      StoredBytes input,
      CsvFormat format,
      MessageDigest digest,
      Optional<Set<Integer>> categories) {
    return read(input, format, digest, categories, Optional.empty());
  }

  private static Read read(
      StoredBytes input,
      CsvFormat format,
      MessageDigest digest,
      Optional<Set<Integer>> categories,
      Optional<TableLayout> like) {
    try (CsvRows rows = new CsvRows(input, format.delimiter(), Delimiters.SETTING, digest)) {
      CsvRow row = rows.next();
      if (row == null) {
        throw new DataException(input.name() + ": the file is empty, expected rows; fill it");
      }
      TableLayout own = Columns.of(input.name(), row, format);
      TableLayout layout = like.map(other -> own.with(other.features())).orElse(own);
      if (format.header()) {
        row = rows.next();
        if (row == null) {
          throw new DataException(
              input.name()
                  + ": a header and no rows, expected rows; add some, or say that the table has no"
                  + " header");
        }
      }
      return new CsvReader(input.name(), layout, format, categories).rest(rows, row);
    }
  }

  private Read rest(CsvRows rows, CsvRow first) {
    try {
      for (CsvRow row = first; row != null; row = rows.next()) {
        add(row);
      }
    } catch (DataException end) {
      if (hasTypes()) {
        return new Read(Optional.empty(), Optional.of(scan.categories(rowCount)));
      }
      bad.gatherTexts(rowCount, this::textColumns);
      throw bad.with(end);
    }
    if (hasTypes()) {
      return new Read(Optional.empty(), Optional.of(scan.categories(rowCount)));
    }
    bad.gatherTexts(rowCount, this::textColumns);
    bad.throwIfAny();
    if (labels.texts().isEmpty()) {
      throw new DataException(
          Quote.format(
              "%s: no row has a label in column %s, expected some; name another label column, or"
                  + " change data.format.missing if what is there is a class",
              file, Quote.quoted(layout.labelName())));
    }
    Table table =
        new Table(
            file,
            layout,
            cells,
            labels.toArray(),
            labels.texts(),
            labels.lines(),
            typed.map(TypedCells::toRows),
            labels.missing().map(some -> some + " (left out)").stream().toList());
    return new Read(Optional.of(table), Optional.empty());
  }

  /** Whether this is a first pass through a table that has more than numbers. */
  private boolean hasTypes() {
    return typed.isEmpty() && scan.hasTypes(rowCount);
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
                        + " numbers as in the training part; correct it, or leave it out with %s",
                    file,
                    Quote.quoted(layout.columns().get(column.cell())),
                    column.count(),
                    rowCount,
                    Quote.quoted(column.example()),
                    column.first(),
                    ignore))
        .toList();
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
    if (!labels.add(row, layout.label())) {
      return;
    }
    if (typed.isPresent()) {
      typed.get().add(row, file);
      return;
    }
    for (int feature = 0; feature < layout.features().size(); feature++) {
      int cell = layout.features().get(feature);
      if (!cells.add(row, cell, file)) {
        scan.add(row, cell, feature);
      }
    }
  }
}
