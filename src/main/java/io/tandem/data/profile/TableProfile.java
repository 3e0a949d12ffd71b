package io.tandem.data.profile;

import io.tandem.column.DateOrder;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.NearestName;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.data.row.CsvRows;
import io.tandem.data.row.TableInput;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TableRows;
import io.tandem.data.table.EmptyColumns;
import io.tandem.data.table.MissingMarks;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.FoundDialect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is in a table.
 *
 * @param file its name
 * @param dialect how it is written; empty if it names its columns itself
 * @param header whether the first row names the columns
 * @param rows rows without the header
 * @param columns in their order
 * @param target index of the column that is to be predicted
 * @param warnings what is probably not as its owner thinks, a line each
 */
public record TableProfile(
    String file,
    Optional<Dialect> dialect,
    boolean header,
    long rows,
    List<ColumnProfile> columns,
    int target,
    List<String> warnings) {
  private static final int HASHES = 1 << 12;

  /** Of whole numbers; with more different ones they are quantities rather than classes. */
  private static final int MOST_CLASSES = 20;

  /** Copies the lists. */
  public TableProfile {
    columns = List.copyOf(columns);
    warnings = List.copyOf(warnings);
  }

  /**
   * What people know of a table.
   *
   * @param dialect how it is written
   * @param header whether the first row names the columns
   * @param target the column to predict: a name, or an index from 0, negative from the end
   * @param missing cells that say that a value is missing
   * @param marks those that not all columns have
   */
  public record Known(
      DialectSettings dialect,
      Optional<Boolean> header,
      Optional<String> target,
      List<String> missing,
      CsvFormat.OwnMarks marks) {
    private CsvFormat format(boolean named) {
      return new CsvFormat(named, "-1", ',', List.of(), missing)
          .declaring(
              new CsvFormat.Declared(
                  List.of(),
                  DateOrder.AS_FOUND,
                  List.of(),
                  List.of(),
                  false,
                  CsvFormat.Declared.ONE_HOT,
                  marks));
    }
  }

  /**
   * Looks into a table.
   *
   * @param input the table
   * @param known what is known of it
   * @throws DataException if it cannot be read, or has no such column
   */
  public static TableProfile of(TableInput input, Known known) {
    if (input.named()) {
      return new Scan(input, Dialect.STANDARD, known.format(true))
          .profile(known.target(), Optional.empty());
    }
    Optional<EncodingGuess> guess =
        known.dialect().encoding().isEmpty()
            ? input.bytes().flatMap(EncodingGuess::of)
            : Optional.empty();
    FoundDialect found = found(input, known.dialect().in(guess.map(EncodingGuess::encoding)));
    Dialect dialect = found.dialect();
    int empty = found.emptyColumns();
    boolean header =
        known
            .header()
            .orElseGet(
                () ->
                    Header.hasHeader(
                        found.rows().stream()
                            .map(
                                row ->
                                    row.cells().subList(0, Math.max(0, row.cells().size() - empty)))
                            .toList(),
                        dialect.numbers()));
    return new Scan(input, dialect, known.format(header).with(dialect))
        .profile(known.target(), guess);
  }

  private static FoundDialect found(TableInput input, DialectSettings known) {
    try (CsvRows rows =
        new CsvRows(
            input.bytes().orElseThrow(),
            known,
            Optional.empty(),
            DialectRemedy.OPTION,
            StoredBytes.unhashed())) {
      return rows.found();
    }
  }

  /** The column that is to be predicted. */
  public ColumnProfile targetColumn() {
    return columns.get(target);
  }

  /** Returns true if that column is a number to be predicted rather than a class. */
  public boolean predictsNumber() {
    ColumnProfile column = targetColumn();
    return column.kind() == ColumnProfile.Kind.NUMBER
        && column.numbers() == column.present()
        && (!column.whole() || column.distinct() > MOST_CLASSES);
  }

  /** One pass through the rows, and another for what depends on the target. */
  private static final class Scan {
    private final String file;
    private final TableInput input;
    private final Map<Integer, String> unread = new TreeMap<>();
    private final Dialect dialect;
    private final CsvFormat format;
    private long[] hashes = new long[HASHES];
    private int rows;
    private long uneven;
    private String firstUneven = "";
    private int width;
    private int emptyColumns;

    Scan(TableInput input, Dialect dialect, CsvFormat format) {
      this.file = input.name();
      this.input = input;
      this.dialect = dialect;
      this.format = format;
    }

    TableProfile profile(Optional<String> wanted, Optional<EncodingGuess> guess) {
      List<ColumnCount> counts = new ArrayList<>();
      List<ColumnCount> classes = new ArrayList<>();
      RefusedNumbers refused = new RefusedNumbers();
      List<String> names = new ArrayList<>();
      read(
          first -> {
            names.addAll(
                format.header()
                    ? first.texts()
                    : IntStream.range(0, first.cells()).mapToObj(each -> "column" + each).toList());
            Map<Integer, List<String>> own =
                MissingMarks.ofColumns(first.place(file), names, format);
            for (int column = 0; column < names.size(); column++) {
              counts.add(count(names, column, own.getOrDefault(column, format.missing())));
            }
            int target = target(wanted, names);
            format
                .declared()
                .marks()
                .classes()
                .filter(marks -> !own.containsKey(target))
                .ifPresent(marks -> classes.add(count(names, target, marks)));
          },
          row -> {
            counts.forEach(count -> count.add(row));
            classes.forEach(count -> count.add(row));
            refused.add(row);
            remember(row);
          });
      if (rows == 0 && input.named()) {
        throw input.withoutRows();
      }
      if (rows == 0) {
        throw new DataException(file + ": no row with values, expected some; add rows");
      }
      TableProfile numbers = profile(counts, target(wanted, names));
      if (!numbers.predictsNumber()) {
        // Classes have marks of their own.
        classes.forEach(count -> counts.set(numbers.target(), count));
      }
      TableProfile profile = profile(counts, numbers.target());
      List<String> warnings = new ArrayList<>();
      unread.forEach(
          (column, what) ->
              warnings.add(
                  Quote.format(
                      "column %s is %s, which is not read; leave it out with data.format.ignore",
                      Quote.quoted(names.get(column)), what)));
      guess.ifPresent(
          encoding ->
              warnings.add(
                  Quote.format(
                      "the text is not UTF-8 and is read as %s, which is a guess; look whether words"
                          + " such as %s are right, or name another with --encoding",
                      encoding.encoding().name(), Quote.quoted(encoding.example()))));
      EmptyColumns.note(emptyColumns).ifPresent(warnings::add);
      unevenRows(warnings);
      refused.warnings(names, warnings);
      duplicates(warnings);
      Oddities.of(profile, warnings);
      Leaks leaks = new Leaks(profile, counts.stream().map(ColumnCount::marks).toList());
      read(first -> {}, leaks::add);
      leaks.warnings(warnings);
      return new TableProfile(
          file,
          profile.dialect(),
          profile.header(),
          rows,
          profile.columns(),
          profile.target(),
          warnings);
    }

    private ColumnCount count(List<String> names, int column, List<String> marks) {
      return new ColumnCount(names.get(column), column, MissingMarks.of(marks, dialect.numbers()));
    }

    private TableProfile profile(List<ColumnCount> counts, int target) {
      return new TableProfile(
          file,
          input.named() ? Optional.empty() : Optional.of(dialect),
          format.header(),
          rows,
          counts.stream().map(ColumnCount::profile).toList(),
          target,
          List.of());
    }

    private interface Take {
      void row(TableRow row);
    }

    private void read(Take first, Take each) {
      rows = 0;
      uneven = 0;
      try (TableRows reader =
          input.open(
              format.dialect(), Optional.empty(), DialectRemedy.OPTION, StoredBytes.unhashed())) {
        unread.putAll(reader.unread());
        TableRow row = reader.next();
        if (row == null) {
          throw new DataException(file + ": the file is empty, expected rows; fill it");
        }
        emptyColumns = EmptyColumns.drop(input, reader, row, format);
        width = row.cells();
        first.row(row);
        if (format.header()) {
          row = reader.next();
        }
        for (; row != null; row = reader.next()) {
          if (row.cells() == width) {
            each.row(row);
            rows++;
          } else {
            firstUneven = uneven == 0 ? row.inTable() : firstUneven;
            uneven++;
          }
        }
      }
    }

    private void remember(TableRow row) {
      if (rows == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * rows);
      }
      long hash = 1;
      for (int cell = 0; cell < width; cell++) {
        String text = row.text(cell);
        for (int place = 0; place < text.length(); place++) {
          hash = hash * 0x9E3779B97F4A7C15L + text.charAt(place);
        }
        hash = Long.rotateLeft(hash, 31) * 0xC2B2AE3D27D4EB4FL + text.length();
      }
      hashes[rows] = hash;
    }

    private int target(Optional<String> wanted, List<String> names) {
      if (wanted.isEmpty()) {
        return names.size() - 1;
      }
      String name = wanted.get().strip();
      if (names.contains(name)) {
        return names.indexOf(name);
      }
      if (name.matches("-?[0-9]{1,9}")) {
        int index = Integer.parseInt(name);
        int found = index < 0 ? names.size() + index : index;
        if (found >= 0 && found < names.size()) {
          return found;
        }
      }
      throw new DataException(
          Quote.format(
              "%s: no column is called %s (--target)%s; the columns are %s",
              file,
              Quote.quoted(name),
              NearestName.similar(name, names)
                  .map(near -> ", did you mean " + Quote.quoted(near) + "?")
                  .orElse(""),
              names.stream().map(Quote::quoted).collect(Collectors.joining(", "))));
    }

    private void unevenRows(List<String> warnings) {
      if (uneven > 0) {
        warnings.add(
            Quote.format(
                "%,d %s another number of cells than the first row, which has %d, the first in"
                    + " %s; training refuses them",
                uneven, uneven == 1 ? "row has" : "rows have", width, firstUneven));
      }
    }

    private void duplicates(List<String> warnings) {
      long[] sorted = Arrays.copyOf(hashes, rows);
      Arrays.sort(sorted);
      long copies = IntStream.range(1, rows).filter(row -> sorted[row] == sorted[row - 1]).count();
      if (copies > 0) {
        warnings.add(
            Quote.format(
                "%,d %s a copy of another one (%.1f %%); copies in the test part make its score too"
                    + " good",
                copies, copies == 1 ? "row is" : "rows are", 100.0 * copies / rows));
      }
    }
  }
}
