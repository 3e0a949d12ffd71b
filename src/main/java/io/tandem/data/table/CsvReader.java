package io.tandem.data.table;

import io.tandem.column.ColumnType;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableInput;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TableRows;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectWords;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads labelled tables: features of every type, and one column with the class.
 *
 * <p>A table of numbers alone is read once. If there are texts or gaps it is read again, when the
 * types of its columns are known.
 */
final class CsvReader {
  /** What it reads, for messages. */
  static final String KIND = "CSV file";

  private final String file;
  private final TableLayout layout;
  private final BadCells bad;
  private final Cells cells;
  private final ColumnScan scan;
  private final CsvFormat format;
  private final List<MissingMarks> marks;
  private final Optional<TypedCells> typed;
  private final DeclaredTypes declared;
  private final TargetReader targets;
  private final Optional<DivisionColumn> division;
  private final List<String> written;
  private final DamagedRows damaged;
  private long rowCount;

  private CsvReader(
      String file,
      TableLayout layout,
      CsvFormat format,
      Optional<List<ColumnType>> types,
      List<String> written) {
    this.file = file;
    this.written = written;
    damaged = new DamagedRows(file, format.damagedShare());
    this.layout = layout;
    this.format = format;
    marks = MissingMarks.of(layout, layout.features(), format);
    bad = new BadCells(file);
    int features = layout.features().size();
    Cells.Remedies remedies = remedies(format);
    cells = new Cells(features, remedies, bad);
    declared = DeclaredTypes.of(file, layout, format);
    scan = new ColumnScan(file, layout, declared, format, marks);
    int[] places = layout.features().stream().mapToInt(Integer::intValue).toArray();
    typed = types.map(chosen -> new TypedCells(places, chosen, marks, remedies, bad));
    targets =
        format
            .regression()
            .<TargetReader>map(
                regression ->
                    new NumberColumns(
                        file,
                        layout.targets(),
                        MissingMarks.of(layout, layout.targets(), format),
                        regression,
                        bad))
            .orElseGet(
                () ->
                    new LabelColumn(
                        file, layout.label(), MissingMarks.of(layout, layout.label(), format)));
    division = format.split().map(column -> division(column, Columns.split(file, layout, format)));
  }

  private DivisionColumn division(CsvFormat.SplitColumn column, int place) {
    return new DivisionColumn(
        file, place, column, format, MissingMarks.of(layout, place, format), bad);
  }

  private static Cells.Remedies remedies(CsvFormat format) {
    String own =
        format.declared().marks().columns().isEmpty()
            ? ""
            : ", or to its data.format.column_missing,";
    return new Cells.Remedies(
        "say that the table has a header, or correct the cell",
        "correct the cell, add it to data.format.missing"
            + own
            + " if it stands for a missing value, or name the column in data.format.categorical or"
            + " data.format.ignore");
  }

  /**
   * Reads a whole table.
   *
   * @param input where it is
   * @param format how it is written
   * @param digest gets the stored bytes
   * @throws DataException if it cannot be read or rows are not as the others
   */
  static Table read(TableInput input, CsvFormat format, MessageDigest digest) {
    Read numbers = read(input, format, digest, Optional.empty(), Optional.empty());
    if (numbers.table().isPresent()) {
      return numbers.table().get();
    }
    ColumnScan scan = numbers.scan();
    Table table =
        read(
                input,
                format,
                StoredBytes.sha256(),
                Optional.of(scan.types(numbers.rows())),
                Optional.empty())
            .table()
            .orElseThrow()
            .suspecting(scan.suspicions(numbers.rows()));
    scan.requireOrder(numbers.rows());
    return Identifiers.without(
        table,
        DeclaredTypes.of(table.file(), table.layout(), format)
            .features(DeclaredTypes.Kind.CATEGORY));
  }

  /**
   * Reads another part of the data of a table, of whose columns each is what it is there.
   *
   * @param like the table
   * @return empty if the table has numbers alone and the part has gaps or texts
   * @throws DataException if the columns are not those of the table
   */
  static Optional<Table> readLike(
      Table like, TableInput input, CsvFormat format, MessageDigest digest) {
    return read(input, format, digest, like.typed().map(CsvReader::types), Optional.of(like))
        .table();
  }

  /**
   * Reads a table, or another part of its data, with gaps in its numbers.
   *
   * @param like the table, of numbers alone
   * @throws DataException if there are texts
   */
  static Table readGaps(Table like, TableInput input, CsvFormat format) {
    List<ColumnType> numbers =
        Collections.nCopies(like.layout().features().size(), new ColumnType.Numeric());
    return read(input, format, StoredBytes.sha256(), Optional.of(numbers), Optional.of(like))
        .table()
        .orElseThrow();
  }

  private static List<ColumnType> types(TypedRows rows) {
    return rows.columns().stream().map(CsvReader::type).toList();
  }

  private static ColumnType type(TypedRows.Column column) {
    if (column instanceof TypedRows.Dates dates) {
      return new ColumnType.Date(dates.form());
    }
    if (column instanceof TypedRows.Truths) {
      return new ColumnType.Truth();
    }
    return column instanceof TypedRows.Texts ? new ColumnType.Category() : new ColumnType.Numeric();
  }

  /**
   * Result of one pass through a file.
   *
   * @param table the rows; empty if they have to be read with the types of the columns
   * @param scan finds these
   * @param rows rows with a label
   */
  private record Read(Optional<Table> table, ColumnScan scan, long rows) {}

  private static Read read(
      TableInput input,
      CsvFormat format,
      MessageDigest digest,
      Optional<List<ColumnType>> types,
      Optional<Table> like) {
    input.requireHeader(format);
    Optional<Dialect> similar = like.map(table -> table.layout().dialect());
    try (TableRows rows = input.open(format.dialect(), similar, DialectRemedy.SETTING, digest)) {
      TableRow row = rows.next();
      if (row == null) {
        throw new DataException(input.name() + ": the file is empty, expected rows; fill it");
      }
      int empty = EmptyColumns.drop(input, rows, row, format);
      CsvFormat known = format.with(rows.dialect());
      TableLayout own = Columns.of(input.name(), row, known, rows.dialect());
      if (like.isPresent()) {
        Columns.requireSame(input.name(), row, own, like.get());
      }
      TableLayout layout = like.map(table -> own.with(table.layout().features())).orElse(own);
      requireRead(input, rows, layout, format);
      if (format.header()) {
        row = rows.next();
        if (row == null) {
          throw input.withoutRows();
        }
      }
      List<String> words = DialectWords.found(rows.dialect(), format.dialect());
      List<String> written =
          Stream.concat(
                  words.isEmpty()
                      ? Stream.empty()
                      : Stream.of(String.join(", ", words) + " (found in the first rows)"),
                  EmptyColumns.note(empty).stream())
              .toList();
      return new CsvReader(input.name(), layout, known, types, written).rest(rows, row);
    }
  }

  /** What is not read may be there where it is not needed. */
  private static void requireRead(
      TableInput input, TableRows rows, TableLayout layout, CsvFormat format) {
    List<Integer> used = new ArrayList<>(layout.features());
    used.addAll(layout.predicted());
    format.split().ifPresent(column -> used.add(Columns.split(input.name(), layout, format)));
    List<Integer> unread = used.stream().filter(rows.unread()::containsKey).sorted().toList();
    input.requireRead(
        rows.unread(),
        unread,
        layout.columns(),
        "leave it out with " + IgnoredColumns.setting(layout, unread));
  }

  private Read rest(TableRows rows, TableRow first) {
    try {
      for (TableRow row = first; row != null; row = rows.next()) {
        add(row);
      }
    } catch (DataException end) {
      if (hasTypes()) {
        return untyped();
      }
      bad.gatherTexts(rowCount, this::textColumns);
      throw bad.with(end);
    }
    damaged.require(rowCount, layout.columns().size());
    if (hasTypes()) {
      return untyped();
    }
    bad.gatherTexts(rowCount, this::textColumns);
    bad.throwIfAny();
    if (targets.size() == 0) {
      throw new DataException(
          Quote.format(
              layout.targets().isEmpty()
                  ? "%s: no row has a label in column %s, expected some; name another label column,"
                      + " or change "
                      + MissingMarks.of(layout, layout.label(), format).setting()
                      + " if what is there is a class"
                  : "%s: no row has a number to be predicted in column %s, expected some; name"
                      + " another column with data.format.target",
              file,
              layout.predictedNames().stream()
                  .map(Quote::quoted)
                  .collect(Collectors.joining(", "))));
    }
    Table table =
        new Table(
            file,
            layout,
            cells,
            targets.toTargets(),
            division.map(DivisionColumn::toDivision),
            typed.map(TypedCells::toRows),
            typed.map(TypedCells::merged).orElseGet(() -> cells.merged()),
            notes(),
            List.of());
    return new Read(Optional.of(table), scan, targets.size());
  }

  /** What people should know of rows and columns that are not trained on. */
  private List<String> notes() {
    Stream<String> missing = targets.missing().map(some -> some + " (left out)").stream();
    Stream<String> divides =
        format
            .split()
            .map(
                column ->
                    Quote.format(
                        "column %s (divides the table, is no feature)",
                        Quote.quoted(layout.columns().get(Columns.split(file, layout, format)))))
            .stream();
    Stream<String> uneven = damaged.note(layout.columns().size()).stream();
    return Stream.of(written.stream(), missing, uneven, divides)
        .flatMap(Function.identity())
        .toList();
  }

  /** Returns true if this is the first pass through a table that has missing values or texts. */
  private boolean hasTypes() {
    return typed.isEmpty() && scan.hasTypes(targets.size());
  }

  /** The end of such a pass. */
  private Read untyped() {
    return new Read(Optional.empty(), scan, targets.size());
  }

  /** One line for each column of texts, with what leaves all of them out. */
  private List<String> textColumns(List<BadCells.TextColumn> columns) {
    String ignore =
        IgnoredColumns.setting(layout, columns.stream().map(BadCells.TextColumn::cell).toList());
    return columns.stream()
        .map(
            column ->
                layout.targets().contains(column.cell())
                    ? textTarget(column)
                    : Quote.format(
                        "%s: column %s has text in %,d of %,d rows, such as %s in %s, expected"
                            + " numbers %s; correct it, or leave it out with %s",
                        file,
                        Quote.quoted(layout.columns().get(column.cell())),
                        column.count(),
                        rowCount,
                        Quote.quoted(column.example()),
                        column.place(),
                        isDeclaredNumber(column)
                            ? "as it is in data.format.numeric"
                            : "as in the training part",
                        ignore))
        .toList();
  }

  private boolean isDeclaredNumber(BadCells.TextColumn column) {
    return declared
        .features(DeclaredTypes.Kind.NUMBER)
        .contains(layout.features().indexOf(column.cell()));
  }

  private String textTarget(BadCells.TextColumn column) {
    String name = layout.columns().get(column.cell());
    return Quote.format(
        "%s: column %s, which is to be predicted, has text in %,d of %,d rows, such as %s in %s,"
            + " expected numbers; correct it, or predict it as a class with data.format.label instead"
            + " of data.format.target",
        file,
        Quote.quoted(name),
        column.count(),
        rowCount,
        Quote.quoted(column.example()),
        column.place());
  }

  private void add(TableRow row) {
    rowCount++;
    int width = layout.columns().size();
    if (row.cells() != width && damaged.areAllowed()) {
      damaged.add(row);
      return;
    }
    if (row.cells() != width) {
      bad.add(
          row.line(),
          () ->
              Quote.format(
                  "%s:%d: the row has %d cells, expected %d as in the first row; correct or remove"
                      + " the row",
                  row.place(file), Math.min(row.cells(), width) + 1, row.cells(), width));
      return;
    }
    if (!targets.add(row)) {
      return;
    }
    division.ifPresent(column -> column.add(row));
    if (typed.isPresent()) {
      typed.get().add(row, file);
      return;
    }
    for (int feature = 0; feature < layout.features().size(); feature++) {
      int cell = layout.features().get(feature);
      MissingMarks missing = marks.get(feature);
      if (!cells.add(row, cell, file) || missing.haveNumber() && missing.contains(row.text(cell))) {
        scan.add(row, cell, feature);
      }
    }
  }
}
