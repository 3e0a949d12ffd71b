package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows without a label, to be predicted. A first row is a header if it has the name of every
 * feature, or if none of its cells is a number and none is empty. With all names present, columns
 * are found by name and others (a label, say) are ignored; otherwise they are taken by position.
 *
 * @param features finite numbers, row-major {@code [rows, columns]}, not standardised
 * @param columns number of features
 */
public record PredictionRows(float[] features, int columns) {
  /** Checks that the sizes agree. */
  public PredictionRows {
    if (columns < 1 || features.length % columns != 0) {
      throw new IllegalArgumentException(features.length + " cells in rows of " + columns);
    }
  }

  /** Number of rows. */
  public int rows() {
    return features.length / columns;
  }

  /**
   * Reads a file with commas between cells.
   *
   * @param file CSV, plain or compressed with gzip
   * @param columns number of features that the model takes
   * @param featureNames their names, or empty if they have none
   * @throws DataException if it cannot be read or its rows do not fit
   */
  public static PredictionRows read(Path file, int columns, List<String> featureNames) {
    return read(file, columns, featureNames, ',');
  }

  /**
   * Reads a file.
   *
   * @param file CSV, plain or compressed with gzip
   * @param columns number of features that the model takes
   * @param featureNames their names, or empty if they have none
   * @param delimiter character between two cells
   * @throws DataException if it cannot be read or its rows do not fit
   */
  public static PredictionRows read(
      Path file, int columns, List<String> featureNames, char delimiter) {
    StoredBytes input = StoredBytes.file(file, CsvReader.KIND);
    try (CsvRows rows = new CsvRows(input, delimiter, StoredBytes.sha256())) {
      CsvRow row = rows.next();
      if (row == null) {
        throw new DataException(input.name() + ": the file is empty, expected rows; fill it");
      }
      int width = row.cells();
      int[] cells = byName(row, columns, featureNames, input.name());
      boolean header = cells != null || isHeader(row);
      if (cells == null) {
        checkWidth(row, columns, input.name(), "as the model takes; leave out the label, if any");
        cells = new int[columns];
        Arrays.setAll(cells, cell -> cell);
      }
      if (header) {
        row = rows.next();
      }
      if (row == null) {
        throw new DataException(input.name() + ": a header and no rows, expected rows; add some");
      }
      Cells collected = new Cells();
      for (; row != null; row = rows.next()) {
        checkWidth(row, width, input.name(), "as in the first row; mend or remove the row");
        for (int cell : cells) {
          collected.add(row, cell, input.name());
        }
      }
      return new PredictionRows(collected.toArray(), columns);
    }
  }

  private static int @Nullable [] byName(
      CsvRow row, int columns, List<String> featureNames, String file) {
    Map<String, Integer> positions = new HashMap<>();
    Map<String, Integer> repeated = new HashMap<>();
    for (int cell = 0; cell < row.cells(); cell++) {
      if (positions.putIfAbsent(row.text(cell), cell) != null) {
        repeated.putIfAbsent(row.text(cell), cell);
      }
    }
    if (featureNames.size() != columns || !positions.keySet().containsAll(featureNames)) {
      return null;
    }
    int[] cells = new int[columns];
    for (int column = 0; column < columns; column++) {
      String name = featureNames.get(column);
      Integer again = repeated.get(name);
      if (again != null) {
        throw new DataException(
            Quote.format(
                "%s:%d:%d: a second column %s, expected one; rename or remove it",
                file, row.line(), again + 1, Quote.quoted(name)));
      }
      cells[column] = Objects.requireNonNull(positions.get(name));
    }
    return cells;
  }

  private static boolean isHeader(CsvRow row) {
    for (int cell = 0; cell < row.cells(); cell++) {
      if (Cells.looksNumeric(row, cell) || row.text(cell).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static void checkWidth(CsvRow row, int expected, String file, String reason) {
    if (row.cells() != expected) {
      throw new DataException(
          Quote.format(
              "%s:%d:%d: the row has %d %s, expected %d %s",
              file,
              row.line(),
              Math.min(row.cells(), expected) + 1,
              row.cells(),
              row.cells() == 1 ? "cell" : "cells",
              expected,
              reason));
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PredictionRows other
        && columns == other.columns
        && Arrays.equals(features, other.features);
  }

  @Override
  public int hashCode() {
    return 31 * columns + Arrays.hashCode(features);
  }

  @Override
  public String toString() {
    return rows() + " rows of " + columns + " features";
  }
}
