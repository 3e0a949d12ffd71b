package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.row.NumberForm;
import io.tandem.data.row.TableRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Numbers collected from rows, in one growing array. */
final class Cells {
  private static final int FIRST = 1 << 12;

  /** Numbers that an array has room for. */
  static final int MOST = Integer.MAX_VALUE - 8;

  private final int columns;
  private final Remedies remedies;
  private final BadCells bad;
  private final double[] previous;
  private final int[] merged;
  private float[] values = new float[FIRST];
  private int size;
  private boolean headerTold;

  /**
   * What to do about a cell that is no number.
   *
   * @param first in the first line, which may be a header
   * @param later in another line
   */
  record Remedies(String first, String later) {}

  /**
   * No rows yet.
   *
   * @param columns cells of a row
   * @param remedies what to do about a cell that is no number
   * @param bad gets the cells that are no numbers; 0 stands in for them
   */
  Cells(int columns, Remedies remedies, BadCells bad) {
    this.columns = columns;
    this.remedies = remedies;
    this.bad = bad;
    this.previous = new double[columns];
    this.merged = new int[columns];
  }

  /**
   * Numbers that are all there.
   *
   * @param values row by row
   * @param columns cells of a row
   */
  Cells(float[] values, int columns) {
    this.columns = columns;
    this.values = values;
    size = values.length;
    remedies = new Remedies("", "");
    bad = new BadCells("");
    previous = new double[0];
    merged = new int[0];
  }

  /**
   * Adds a cell.
   *
   * @param file name of the table, for messages
   * @return whether it is a finite number
   */
  boolean add(TableRow row, int cell, String file) {
    double number = row.number(cell);
    float value = (float) number;
    boolean finite = Float.isFinite(value);
    if (!finite) {
      refuse(row, cell, file, number);
      number = 0;
      value = 0;
    }
    if (size == values.length) {
      grow(file);
    }
    int column = size % columns;
    if (size >= columns && number != previous[column] && value == values[size - columns]) {
      merged[column]++;
    }
    previous[column] = number;
    values[size++] = value;
    return finite;
  }

  /** Adds a cell that says that its number is missing: NaN. */
  void addMissing(String file) {
    if (size == values.length) {
      grow(file);
    }
    previous[size % columns] = Double.NaN;
    values[size++] = Float.NaN;
  }

  private void grow(String file) {
    if (size == MOST) {
      throw tooMany(file);
    }
    values = Arrays.copyOf(values, (int) Math.min(MOST, size + (size >> 1) + 1L));
  }

  /** The error for a table with more numbers than an array has room for. */
  static DataException tooMany(String file) {
    return new DataException(
        Quote.format(
            "%s: more than %d numbers, expected fewer; use a part of the rows", file, MOST));
  }

  private void refuse(TableRow row, int cell, String file, double number) {
    boolean header = row.mayBeHeader() && !row.looksNumeric(cell) && !row.text(cell).isEmpty();
    // All the texts of a header are one mistake.
    if (!header || !headerTold) {
      if (isText(row, cell, number)) {
        bad.addText(row, cell, () -> unusable(row, cell, file, number));
      } else {
        bad.add(row.line(), () -> unusable(row, cell, file, number));
      }
    }
    headerTold |= header;
  }

  private static boolean isText(TableRow row, int cell, double number) {
    return Double.isNaN(number) && !row.text(cell).isEmpty() && !row.looksNumeric(cell);
  }

  private String unusable(TableRow row, int cell, String file, double number) {
    String text = row.text(cell);
    String place = Quote.format("%s:%d: ", row.place(file), cell + 1);
    if (text.isEmpty()) {
      return place + "the cell is empty, expected a number; fill it in or remove the row";
    }
    if (!Double.isNaN(number)) {
      return place
          + Quote.quoted(text)
          + " is too large, expected at most 3.4e38; rescale the column";
    }
    if (text.matches("(?i)[+-]?(nan|inf|infinity)")) {
      return place
          + Quote.quoted(text)
          + " is not finite, expected a finite number; fill it in or remove the row";
    }
    Optional<NumberForm> form = row.form(text);
    if (form.isPresent()) {
      return place
          + Quote.quoted(text)
          + " "
          + form.get().name()
          + ", expected a number like "
          + row.exampleNumber()
          + "; "
          + form.get().remedy();
    }
    String remedy = row.mayBeHeader() ? remedies.first() : remedies.later();
    return place
        + Quote.quoted(text)
        + " is not a number, expected one like "
        + row.exampleNumber()
        + "; "
        + remedy;
  }

  /** All of them, as an array of their number. */
  float[] toArray() {
    return Arrays.copyOf(values, size);
  }

  /**
   * How often two different numbers in neighbouring rows of a column became one in 32 bits.
   *
   * @param column which
   */
  int merged(int column) {
    return merged[column];
  }

  /** The same for all columns. */
  List<Integer> merged() {
    return Arrays.stream(merged).boxed().toList();
  }

  /** The number in a row and column. */
  float get(int row, int column) {
    return values[row * columns + column];
  }
}
