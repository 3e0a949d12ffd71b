package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.TableLayout;
import io.tandem.dialect.NumberMarks;
import java.util.List;
import java.util.Map;

/** The cells of a column that say that a value is missing. The empty cell always does. */
public final class MissingMarks {
  private final List<String> marks;
  private final boolean numbers;
  private final boolean own;

  private MissingMarks(List<String> marks, NumberMarks written, boolean own) {
    this.marks = List.copyOf(marks);
    this.own = own;
    numbers = this.marks.stream().anyMatch(mark -> CsvFormat.isNumber(mark, written));
  }

  /**
   * Some marks.
   *
   * @param written how the table writes numbers
   */
  public static MissingMarks of(List<String> marks, NumberMarks written) {
    return new MissingMarks(marks, written, false);
  }

  /**
   * Those of a column of a table.
   *
   * @param place index of the column in a row
   */
  static MissingMarks of(TableLayout layout, int place, CsvFormat format) {
    boolean own =
        layout.columnMissing().containsKey(place)
            && !format.declared().marks().columns().isEmpty()
            && !layout.missing(place).equals(format.declared().marks().classes().orElse(null));
    return new MissingMarks(layout.missing(place), layout.dialect().numbers(), own);
  }

  /** Those of some columns of a table. */
  static List<MissingMarks> of(TableLayout layout, List<Integer> places, CsvFormat format) {
    return places.stream().map(place -> of(layout, place, format)).toList();
  }

  /**
   * The columns that have others than all columns.
   *
   * @param place of the first row, for messages
   * @param names of all columns
   * @param format names some
   * @return by index of the column
   * @throws io.tandem.data.DataException if there is no such column, or it is named twice
   */
  public static Map<Integer, List<String>> ofColumns(
      String place, List<String> names, CsvFormat format) {
    return Columns.missing(place, names, format);
  }

  /** Returns true if a cell says that its value is missing. */
  public boolean contains(String cell) {
    return cell.isEmpty() || marks.contains(cell);
  }

  /** Returns true if one of them is a number, such as -999. */
  boolean haveNumber() {
    return numbers;
  }

  /** The setting that they come from, in the middle of a sentence about a column. */
  String setting() {
    return own ? "its data.format.column_missing" : "data.format.missing";
  }
}
