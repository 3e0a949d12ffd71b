package io.tandem.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of a table as they were read, column by column: numbers and texts, with gaps.
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
  public sealed interface Column permits Numbers, Texts {
    /** Number of values. */
    int size();

    /** A copy of some values, in the given order. */
    Column select(int[] rows);
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
  public record Texts(List<String> values) implements Column {
    /** Copies the list. */
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public Column select(int[] rows) {
      return new Texts(Arrays.stream(rows).mapToObj(values::get).toList());
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
