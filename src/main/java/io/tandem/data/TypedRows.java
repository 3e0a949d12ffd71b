package io.tandem.data;

import io.tandem.column.DateForm;
import io.tandem.column.DateInputs;
import io.tandem.column.Moment;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * Texts, of which a table repeats most.
   *
   * @param codes for each row the place of its text; nobody writes to them
   * @param distinct different texts without white space around them, one of them empty if a value
   *     is missing; those that no row has may be among them
   */
  @SuppressWarnings("ArrayRecordComponent") // large; texts are compared
  public record Texts(int[] codes, List<String> distinct) implements Written {
    /** Copies the list. */
    public Texts {
      distinct = List.copyOf(distinct);
    }

    /**
     * Of any texts.
     *
     * @param values one for each row, empty where it is missing
     */
    public Texts(List<String> values) {
      this(values, places(values));
    }

    private Texts(List<String> values, Map<String, Integer> places) {
      this(values.stream().mapToInt(places::get).toArray(), new ArrayList<>(places.keySet()));
    }

    private static Map<String, Integer> places(List<String> values) {
      Map<String, Integer> places = new LinkedHashMap<>();
      values.forEach(value -> places.putIfAbsent(value, places.size()));
      return places;
    }

    /** The texts of all rows: a view. */
    public List<String> values() {
      return new AbstractList<>() {
        @Override
        public String get(int row) {
          return text(row);
        }

        @Override
        public int size() {
          return codes.length;
        }
      };
    }

    /** For each of the different texts the number of rows that have it. */
    public int[] counts() {
      int[] counts = new int[distinct.size()];
      for (int code : codes) {
        counts[code]++;
      }
      return counts;
    }

    @Override
    public int size() {
      return codes.length;
    }

    @Override
    public String text(int row) {
      return distinct.get(codes[row]);
    }

    @Override
    public Column select(int[] rows) {
      int[] chosen = new int[rows.length];
      for (int row = 0; row < rows.length; row++) {
        chosen[row] = codes[rows[row]];
      }
      return new Texts(chosen, distinct);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Texts other && values().equals(other.values());
    }

    @Override
    public int hashCode() {
      return values().hashCode();
    }

    @Override
    public String toString() {
      return values().toString();
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
