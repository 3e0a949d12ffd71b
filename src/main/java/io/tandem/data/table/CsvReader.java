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
 * <p>A table without mistakes is read once: the types of its columns are found on the way. One with
 * mistakes is read again, when the types are known, to tell what is wrong where; and so is one that
 * has numbers in a column of texts, which are to be kept as they are written.
 */
final class CsvReader {
  /** What it reads, for messages. */
  static final String KIND = "CSV file";

  private final String file;
  private final TableLayout layout;
  private final BadCells bad;
  private final Cells cells;
  private final Optional<ScannedCells> scanned;
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
      String file, TableLayout layout, CsvFormat format, Types types, List<String> written) {
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
    scanned =
        types.known()
            ? Optional.empty()
            : Optional.of(new ScannedCells(file, layout, declared, marks));
    int[] places = layout.features().stream().mapToInt(Integer::intValue).toArray();
    typed = types.chosen().map(chosen -> new TypedCells(places, chosen, marks, remedies, bad));
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
    Read first = read(input, format, digest, Types.UNKNOWN, Optional.empty());
    ColumnScan scan = first.scan();
    if (!scan.hasTypes(first.rows())) {
      return first.table().orElseGet(() -> again(input, format, Types.NUMBERS, Optional.empty()));
    }
    Table table =
        first
            .table()
            .orElseGet(
                () -> again(input, format, Types.of(scan.types(first.rows())), Optional.empty()))
            .suspecting(scan.suspicions(first.rows()));
    scan.requireOrder(first.rows());
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
    if (like.typed().isPresent()) {
      Types types = Types.of(types(like.typed().get()));
      return read(input, format, digest, types, Optional.of(like)).table();
    }
    Read first = read(input, format, digest, Types.UNKNOWN, Optional.of(like));
    if (first.scan().hasTypes(first.rows())) {
      return Optional.empty();
    }
    return Optional.of(
        first.table().orElseGet(() -> again(input, format, Types.NUMBERS, Optional.of(like))));
  }

  /** Reads a table a second time, with what is known of its columns. */
  private static Table again(
      TableInput input, CsvFormat format, Types types, Optional<Table> like) {
    return read(input, format, StoredBytes.unhashed(), types, like).table().orElseThrow();
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
    return again(input, format, Types.of(numbers), Optional.of(like));
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
   * What is known of the types of the columns before a pass.
   *
   * @param known whether it is known what they are; if not, they are found out
   * @param chosen what they are; empty where all are numbers without gaps, row by row
   */
  private record Types(boolean known, Optional<List<ColumnType>> chosen) {
    static final Types UNKNOWN = new Types(false, Optional.empty());
    static final Types NUMBERS = new Types(true, Optional.empty());

    static Types of(List<ColumnType> chosen) {
      return new Types(true, Optional.of(chosen));
    }
  }

  /**
   * Result of one pass through a file.
   *
   * @param table the rows; empty if they have to be read again with the types of the columns
   * @param scan finds these, where they were unknown
   * @param rows rows with a label
   */
  private record Read(Optional<Table> table, ColumnScan scan, long rows) {}

  private static Read read(
      TableInput input, CsvFormat format, MessageDigest digest, Types types, Optional<Table> like) {
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
      if (scanned.isPresent()) {
        return again();
      }
      bad.gatherTexts(rowCount, this::textColumns);
      throw bad.with(end);
    }
    damaged.require(rowCount, layout.columns().size());
    if (scanned.isPresent()) {
      return scanned(scanned.get());
    }
    bad.gatherTexts(rowCount, this::textColumns);
    bad.throwIfAny();
    requireTargets();
    return new Read(
        Optional.of(
            table(
                cells,
                typed.map(TypedCells::toRows),
                typed.map(TypedCells::merged).orElseGet(cells::merged))),
        noScan(),
        targets.size());
  }

  private void requireTargets() {
    if (targets.size() > 0) {
      return;
    }
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
            layout.predictedNames().stream().map(Quote::quoted).collect(Collectors.joining(", "))));
  }

  private Table table(Cells numbers, Optional<TypedRows> rows, List<Integer> merged) {
    return new Table(
        file,
        layout,
        numbers,
        targets.toTargets(),
        division.map(DivisionColumn::toDivision),
        rows,
        merged,
        notes(),
        List.of());
  }

  private ColumnScan noScan() {
    return new ColumnScan(file, layout, declared, format, marks);
  }

  /** The end of a pass that finds out the types. */
  private Read scanned(ScannedCells found) {
    ColumnScan scan = noScan();
    found.count(scan);
    int size = targets.size();
    if (!bad.isEmpty() || size == 0) {
      return new Read(Optional.empty(), scan, size);
    }
    Optional<Table> table =
        scan.hasTypes(size)
            ? found
                .typed(scan.types(size))
                .map(rows -> table(cells, Optional.of(rows), merged(rows, found)))
            : found.cells().map(numbers -> table(numbers, Optional.empty(), found.merged()));
    return new Read(table, scan, size);
  }

  /** Of columns of numbers; 0 for others. */
  private static List<Integer> merged(TypedRows rows, ScannedCells found) {
    List<Integer> merged = new ArrayList<>(found.merged());
    for (int feature = 0; feature < merged.size(); feature++) {
      if (!(rows.columns().get(feature) instanceof TypedRows.Numbers)) {
        merged.set(feature, 0);
      }
    }
    return merged;
  }

  /** The end of such a pass through a table that cannot be read to its end. */
  private Read again() {
    ColumnScan scan = noScan();
    scanned.orElseThrow().count(scan);
    return new Read(Optional.empty(), scan, targets.size());
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
    if (scanned.isPresent()) {
      scanned.get().add(row);
    } else if (typed.isPresent()) {
      typed.get().add(row, file);
    } else {
      for (int cell : layout.features()) {
        cells.add(row, cell, file);
      }
    }
  }
}
