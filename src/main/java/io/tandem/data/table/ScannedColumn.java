package io.tandem.data.table;

import io.tandem.column.ColumnType;
import io.tandem.column.DateForm;
import io.tandem.column.DateInputs;
import io.tandem.column.DateText;
import io.tandem.column.Moment;
import io.tandem.column.TruthWords;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TextCodes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * The cells of a column before it is known of what type they are. Numbers are kept as numbers if
 * there are any, and else the numbers of the texts: whatever the type, one of the two is enough.
 */
final class ScannedColumn {
  private static final int FIRST = 1 << 10;

  private final MissingMarks marks;
  private final boolean written;
  private final TextCodes texts = new TextCodes();
  private final BitSet finite = new BitSet();
  private final BitSet numeric = new BitSet();
  private long[] counts = new long[FIRST];
  private int[] codes = {};
  private float[] numbers = {};
  private boolean hasNumbers;
  private double previous = Double.NaN;
  private int merged;
  private int rows;

  /**
   * No cells yet.
   *
   * @param marks cells that are missing values
   * @param written whether numbers are texts, too
   */
  ScannedColumn(MissingMarks marks, boolean written) {
    this.marks = marks;
    this.written = written;
  }

  /** Adds the cell of a row. */
  void add(TableRow row, int cell) {
    double number = row.number(cell);
    float value = (float) number;
    boolean isNumber =
        Float.isFinite(value) && !(marks.haveNumber() && marks.contains(row.text(cell)));
    if (isNumber && !written) {
      add(number, value);
    } else {
      int code = row.code(cell, texts);
      if (code == counts.length) {
        counts = Arrays.copyOf(counts, 2 * code);
      }
      if (counts[code] == 0) {
        finite.set(code, isNumber);
        numeric.set(code, isNumber || row.looksNumeric(cell));
      }
      counts[code]++;
      add(code);
    }
    rows++;
  }

  private void add(double number, float value) {
    if (!hasNumbers) {
      hasNumbers = true;
      numbers = new float[Math.max(FIRST, codes.length)];
      Arrays.fill(numbers, 0, rows, Float.NaN);
      codes = new int[0];
    }
    if (rows == numbers.length) {
      numbers = Arrays.copyOf(numbers, grown());
    }
    if (rows > 0 && number != previous && value == numbers[rows - 1]) {
      merged++;
    }
    previous = number;
    numbers[rows] = value;
  }

  private void add(int code) {
    if (hasNumbers) {
      if (rows == numbers.length) {
        numbers = Arrays.copyOf(numbers, grown());
      }
      numbers[rows] = Float.NaN;
      previous = Double.NaN;
      return;
    }
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, grown());
    }
    codes[rows] = code;
  }

  private int grown() {
    return (int) Math.min(Cells.MOST, Math.max(FIRST, rows + (rows >> 1) + 1L));
  }

  /** How often two different numbers in neighbouring rows became one in 32 bits. */
  int merged() {
    return merged;
  }

  /** Counts the cells that are no finite numbers. */
  void count(int feature, ColumnScan scan) {
    for (int code = 0; code < texts.size(); code++) {
      if (!finite.get(code)) {
        scan.add(feature, texts.text(code), numeric.get(code), counts[code]);
      }
    }
  }

  /**
   * Writes the numbers into rows.
   *
   * @param into row-major
   * @param feature which of the columns it is
   * @param width number of the columns
   * @return whether all cells are numbers
   */
  boolean fill(float[] into, int feature, int width) {
    for (int row = 0, place = feature; texts.size() == 0 && row < rows; row++, place += width) {
      into[place] = numbers[row];
    }
    return texts.size() == 0;
  }

  /**
   * The values.
   *
   * @param type of the column
   * @return empty if some cell is not of it, or is no longer known as it was written
   */
  Optional<TypedRows.Column> values(ColumnType type) {
    if (type instanceof ColumnType.Numeric) {
      return numbers();
    }
    if (hasNumbers) {
      return Optional.empty();
    }
    if (type instanceof ColumnType.Category) {
      return Optional.of(CategoryTexts.of(texts, codes, rows, marks));
    }
    return type instanceof ColumnType.Date date ? dates(date.form()) : truths();
  }

  private Optional<TypedRows.Column> numbers() {
    for (int code = 0; code < texts.size(); code++) {
      if (!marks.contains(texts.text(code))) {
        return Optional.empty();
      }
    }
    if (hasNumbers) {
      return Optional.of(new TypedRows.Numbers(Arrays.copyOf(numbers, rows)));
    }
    float[] none = new float[rows];
    Arrays.fill(none, Float.NaN);
    return Optional.of(new TypedRows.Numbers(none));
  }

  private Optional<TypedRows.Column> truths() {
    byte[] known = new byte[texts.size()];
    for (int code = 0; code < known.length; code++) {
      String text = texts.text(code);
      Optional<Boolean> value = TruthWords.of(text);
      if (marks.contains(text)) {
        known[code] = TypedRows.Truths.MISSING;
      } else if (value.isPresent()) {
        known[code] = (byte) (value.get() ? 1 : 0);
      } else {
        return Optional.empty();
      }
    }
    byte[] values = new byte[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = known[codes[row]];
    }
    return Optional.of(new TypedRows.Truths(values));
  }

  private Optional<TypedRows.Column> dates(DateForm form) {
    long[] local = new long[texts.size()];
    short[] offsets = new short[texts.size()];
    for (int code = 0; code < local.length; code++) {
      String text = texts.text(code);
      if (marks.contains(text)) {
        local[code] = DateInputs.MISSING;
        continue;
      }
      Optional<Moment> moment = DateText.of(text).flatMap(date -> date.as(form));
      if (moment.isEmpty()) {
        return Optional.empty();
      }
      local[code] = moment.get().local();
      offsets[code] = (short) moment.get().offset();
    }
    long[] values = new long[rows];
    short[] zones = new short[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = local[codes[row]];
      zones[row] = offsets[codes[row]];
    }
    return Optional.of(new TypedRows.Dates(form, values, zones));
  }
}
