package io.tandem.serve;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tandem.report.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads rows of raw features from a CSV file, all columns numeric and none a label. */
public final class FeatureTable {
  private FeatureTable() {}

  /**
   * Reads the rows. A first line with a cell that is no number is taken for a header.
   *
   * @param file the file
   * @param delimiter between cells
   * @param columns number of features that the model expects
   * @return the features, row by row
   * @throws UserError if the file cannot be read or a row does not fit the model
   */
  public static float[] read(Path file, char delimiter, int columns) {
    if (!Files.isRegularFile(file)) {
      throw data(
          file
              + (Files.exists(file) ? ": is no plain file" : ": no such file")
              + ", expected a CSV file with "
              + columns
              + " columns");
    }
    List<float[]> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(file)) {
      boolean first = true;
      for (CsvRecord row : reader) {
        if (!(first && isHeader(row))) {
          rows.add(parse(file, row, columns));
        }
        first = false;
      }
    } catch (IOException | UncheckedIOException | CsvParseException failure) {
      throw new UserError(
          UserError.Kind.DATA,
          file + ": cannot be read as CSV; check its quotes, encoding and permissions",
          failure);
    }
    if (rows.isEmpty()) {
      throw data(file + ": has no rows, expected at least one with " + columns + " columns");
    }
    float[] flat = new float[Math.multiplyExact(rows.size(), columns)];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, flat, row * columns, columns);
    }
    return flat;
  }

  private static boolean isHeader(CsvRecord row) {
    for (String cell : row.getFields()) {
      try {
        Float.parseFloat(cell.strip());
      } catch (NumberFormatException name) {
        return !cell.isBlank();
      }
    }
    return false;
  }

  private static float[] parse(Path file, CsvRecord row, int columns) {
    String place = file + ":" + row.getStartingLineNumber();
    if (row.getFieldCount() != columns) {
      throw data(
          place
              + ": "
              + row.getFieldCount()
              + " columns, expected "
              + columns
              + "; give the features in the model's order and leave the label out");
    }
    float[] values = new float[columns];
    for (int column = 0; column < columns; column++) {
      String cell = row.getField(column).strip();
      values[column] = number(cell);
      if (!Float.isFinite(values[column])) {
        String shown = cell.replaceAll("\\p{Cntrl}", " ");
        throw data(
            place
                + ": column "
                + (column + 1)
                + ": '"
                + shown.substring(0, Math.min(40, shown.length()))
                + "' is not a finite number; mend or remove the row");
      }
    }
    return values;
  }

  private static float number(String cell) {
    try {
      return Float.parseFloat(cell);
    } catch (NumberFormatException notANumber) {
      return Float.NaN;
    }
  }

  private static UserError data(String message) {
    return new UserError(UserError.Kind.DATA, message);
  }
}
