package io.tandem.data;

import io.tandem.column.DateForm;
import io.tandem.column.DateInputs;
import io.tandem.column.Moment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of a table as they were read, column by column, with gaps.
 *
 * @param columns one for each feature, all with as many values as there are rows
 * @param rows number of rows
 */
public record TypedRows(List<Column> columns, int rows) {
  /** Copies the list and checks the sizes. */
  public TypedRows {
    columns = List.copyOf(columns);
    for (Column column : columns) {
      if (column.size() != rows) {
        throw new IllegalArgumentException(column.size() + " values in a column of " + rows);
      }
    }
  }

  /** The values of a feature. */
  public sealed interface Column permits Numbers, Written {
    /** Number of values. */
    int size();

    /** A copy of some values, in the given order. */
    Column select(int[] rows);
  }

  /** Values that go into an exported model as texts. */
  public sealed interface Written extends Column permits Texts, Truths, Dates {
    /**
     * The text of a value, empty where it is missing.
     *
     * @param row which
     */
    String text(int row);

    /** The texts of all values. */
    default List<String> texts() {
      return IntStream.range(0, size()).mapToObj(this::text).toList();
    }
  }

  /**
   * Numbers.
   *
   * @param values finite, or NaN where the value is missing; nobody writes to them
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and never compared
  public record Numbers(float[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Column select(int[] rows) {
      float[] chosen = new float[rows.length];
      for (int row = 0; row < rows.length; row++) {
        chosen[row] = values[rows[row]];
      }
      return new Numbers(chosen);
    }
  }

  /**
   * Texts.
   *
   * @param values without white space around them; empty where the value is missing
   */
  public record Texts(List<String> values) implements Written {
    /** Copies the list. */
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public String text(int row) {
      return values.get(row);
    }

    @Override
    public Column select(int[] rows) {
      return new Texts(Arrays.stream(rows).mapToObj(values::get).toList());
    }
  }

  /**
   * Truth values.
   *
   * @param values 1 for true, 0 for false, {@link #MISSING}; nobody writes to them
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and never compared
  public record Truths(byte[] values) implements Written {
    /** A value that is missing. */
    public static final byte MISSING = -1;

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public String text(int row) {
      return values[row] == MISSING ? "" : values[row] == 1 ? "true" : "false";
    }

    @Override
    public Column select(int[] rows) {
      byte[] chosen = new byte[rows.length];
      for (int row = 0; row < rows.length; row++) {
        chosen[row] = values[rows[row]];
      }
      return new Truths(chosen);
    }
  }

  /**
   * Dates, perhaps with times.
   *
   * @param form in which they are written
   * @param local milliseconds of {@link Moment#local}, or {@link DateInputs#MISSING}; nobody writes
   *     to them
   * @param offsets minutes of {@link Moment#offset}
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and never compared
  public record Dates(DateForm form, long[] local, short[] offsets) implements Written {
    /** Checks the sizes. */
    public Dates {
      if (local.length != offsets.length) {
        throw new IllegalArgumentException(
            offsets.length + " offsets for " + local.length + " dates");
      }
    }

    @Override
    public int size() {
      return local.length;
    }

    @Override
    public String text(int row) {
      return local[row] == DateInputs.MISSING
          ? ""
          : form.text(new Moment(local[row], offsets[row]));
    }

    @Override
    public Column select(int[] rows) {
      long[] chosen = new long[rows.length];
      short[] chosenOffsets = new short[rows.length];
      for (int row = 0; row < rows.length; row++) {
        chosen[row] = local[rows[row]];
        chosenOffsets[row] = offsets[rows[row]];
      }
      return new Dates(form, chosen, chosenOffsets);
    }
  }

  /** A copy of some rows, in the given order. */
  public TypedRows select(int[] chosen) {
    return new TypedRows(
        columns.stream().map(column -> column.select(chosen)).toList(), chosen.length);
  }

  /**
   * As many rows as wanted; begins again at the first one where there are too few.
   *
   * @param count number of rows
   */
  public TypedRows first(int count) {
    return select(IntStream.range(0, count).map(row -> row % rows).toArray());
  }
}
