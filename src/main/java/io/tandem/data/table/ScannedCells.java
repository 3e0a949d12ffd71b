package io.tandem.data.table;

import io.tandem.column.ColumnType;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The features of a table, collected before the types of its columns are known, so that a table
 * without mistakes is read once.
 */
final class ScannedCells {
  private final String file;
  private final int[] places;
  private final ScannedColumn[] columns;
  private int rows;

  /**
   * No rows yet.
   *
   * @param file name of the table
   * @param layout what its columns are
   * @param declared types that are known
   * @param marks of each feature, the cells that are missing values
   */
  ScannedCells(String file, TableLayout layout, DeclaredTypes declared, List<MissingMarks> marks) {
    this.file = file;
    places = layout.features().stream().mapToInt(Integer::intValue).toArray();
    columns = new ScannedColumn[places.length];
    Arrays.setAll(
        columns,
        feature ->
            new ScannedColumn(
                marks.get(feature),
                declared
                    .of(feature)
                    .filter(kind -> kind != DeclaredTypes.Kind.NUMBER)
                    .isPresent()));
  }

  /** Adds a row. */
  void add(TableRow row) {
    if (rows == Cells.MOST) {
      throw Cells.tooMany(file);
    }
    for (int feature = 0; feature < places.length; feature++) {
      columns[feature].add(row, places[feature]);
    }
    rows++;
  }

  /** Counts all cells that are no finite numbers. */
  void count(ColumnScan scan) {
    for (int feature = 0; feature < columns.length; feature++) {
      columns[feature].count(feature, scan);
    }
  }

  /** How often two different numbers in neighbouring rows became one in 32 bits. */
  List<Integer> merged() {
    return Arrays.stream(columns).map(ScannedColumn::merged).toList();
  }

  /**
   * The rows.
   *
   * @param types of the columns
   * @return empty if some cell is not of the type of its column, or is no longer known as it was
   *     written
   */
  Optional<TypedRows> typed(List<ColumnType> types) {
    List<Optional<TypedRows.Column>> typed =
        IntStream.range(0, columns.length)
            .parallel()
            .mapToObj(feature -> columns[feature].values(types.get(feature)))
            .toList();
    return typed.stream().allMatch(Optional::isPresent)
        ? Optional.of(new TypedRows(typed.stream().map(Optional::orElseThrow).toList(), rows))
        : Optional.empty();
  }

  /**
   * The numbers, row by row.
   *
   * @return empty if some cell is no number
   */
  Optional<Cells> cells() {
    if ((long) rows * columns.length > Cells.MOST) {
      throw Cells.tooMany(file);
    }
    float[] numbers = new float[rows * columns.length];
    for (int feature = 0; feature < columns.length; feature++) {
      if (!columns[feature].fill(numbers, feature, columns.length)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Cells(numbers, columns.length));
  }
}
