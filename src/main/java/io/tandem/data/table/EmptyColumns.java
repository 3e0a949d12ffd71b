package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableLayout;
import io.tandem.data.row.CsvRows;
import io.tandem.data.row.TableInput;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TableRows;
import io.tandem.dialect.DialectRemedy;
import java.util.List;
import java.util.Optional;

/** Columns without a name and a value at the end of a table, as spreadsheets write them. */
public final class EmptyColumns {
  private EmptyColumns() {}

  /**
   * Takes such columns off all rows.
   *
   * @param input the table
   * @param all its rows, of which the first was read; nothing is done to those of a table that is
   *     no text
   * @param first that row
   * @param format says whether it names the columns, and what is left out
   * @return their number
   */
  public static int drop(TableInput input, TableRows all, TableRow first, CsvFormat format) {
    if (!(all instanceof CsvRows rows)) {
      return 0;
    }
    int width = first.cells();
    if (format.header() && rows.found().isFirstShorter()) {
      rows.dropEmpty(width + 1, 1);
      return 1;
    }
    int empty = rows.found().emptyColumns();
    if (empty == 0 || isNamed(format, width, width - empty)) {
      return 0;
    }
    if (!format.header()) {
      // Without names, a column that is empty in the first rows may be one of gaps.
      empty = throughout(input, rows, format, width, empty);
    }
    if (empty > 0) {
      rows.dropEmpty(width, empty);
    }
    return empty;
  }

  /**
   * Takes such columns off the rows that a model is applied to, where they fit then.
   *
   * @param all its rows, of which the first was read; nothing is done to those of a table that is
   *     no text
   * @param first that row
   * @param layout of the table that the model was trained on
   */
  static void drop(TableRows all, TableRow first, TableLayout layout) {
    if (!(all instanceof CsvRows rows)) {
      return;
    }
    int width = first.cells();
    if (rows.found().isFirstShorter()) {
      rows.dropEmpty(width + 1, 1);
      return;
    }
    List<Integer> fitting = List.of(layout.features().size(), layout.columns().size());
    int most = rows.found().emptyColumns();
    for (int empty = 0; empty <= most; empty++) {
      if (fitting.contains(width - empty)) {
        rows.dropEmpty(width, empty);
        return;
      }
    }
  }

  /** What people should know of them; empty if there are none. */
  public static Optional<String> note(int empty) {
    return switch (empty) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of("an empty last column (left out)");
      default -> Optional.of(Quote.format("%d empty last columns (left out)", empty));
    };
  }

  /** Returns true if the configuration knows one of them, to leave it out. */
  private static boolean isNamed(CsvFormat format, int width, int kept) {
    return format.ignore().stream()
        .map(String::strip)
        .filter(column -> column.matches("[+-]?[0-9]{1,9}"))
        .map(Integer::valueOf)
        .anyMatch(index -> index < width && (index < 0 ? width + index : index) >= kept);
  }

  private static int throughout(
      TableInput input, CsvRows rows, CsvFormat format, int width, int empty) {
    int least = empty;
    try (TableRows all =
        input.open(
            format.with(rows.dialect()).dialect(),
            Optional.empty(),
            DialectRemedy.SETTING,
            StoredBytes.unhashed())) {
      for (TableRow row = all.next(); row != null && least > 0; row = all.next()) {
        if (row.cells() == width) {
          int found = 0;
          while (found < least && row.text(width - 1 - found).isEmpty()) {
            found++;
          }
          least = found;
        }
      }
    }
    return least;
  }
}
