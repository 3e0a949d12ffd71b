package io.tandem.data;

import java.util.Arrays;

/**
 * The numbers of a data set, row by row, in the form in which they are kept. The arrays are handed
 * out as they are, because they are large; nobody writes to them.
 */
public sealed interface Values {
  /** How many there are. */
  int size();

  /** The numbers from one up to but not another, in a new array unless it is all of them. */
  float[] floats(int from, int to);

  /** A copy of some rows of a number of columns, in the given order. */
  Values select(int[] rows, int columns);

  /** These numbers followed by others. */
  default Values concat(Values other) {
    float[] joined = Arrays.copyOf(floats(0, size()), Math.addExact(size(), other.size()));
    System.arraycopy(other.floats(0, other.size()), 0, joined, size(), other.size());
    return new Floats(joined);
  }

  /**
   * Any numbers.
   *
   * @param values the numbers
   */
  record Floats(float[] values) implements Values {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public float[] floats(int from, int to) {
      return from == 0 && to == values.length ? values : Arrays.copyOfRange(values, from, to);
    }

    @Override
    public Values select(int[] rows, int columns) {
      float[] result = new float[Math.multiplyExact(rows.length, columns)];
      for (int row = 0; row < rows.length; row++) {
        System.arraycopy(values, rows[row] * columns, result, row * columns, columns);
      }
      return new Floats(result);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Floats other && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return values.length + " floats";
    }
  }

  /**
   * Numbers that are unsigned bytes divided by one number, at a quarter of the memory.
   *
   * @param values the bytes
   * @param white what each is divided by, positive
   */
  record Bytes(byte[] values, float white) implements Values {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public float[] floats(int from, int to) {
      float[] result = new float[to - from];
      for (int index = 0; index < result.length; index++) {
        result[index] = Byte.toUnsignedInt(values[from + index]) / white;
      }
      return result;
    }

    @Override
    public Values select(int[] rows, int columns) {
      byte[] result = new byte[Math.multiplyExact(rows.length, columns)];
      for (int row = 0; row < rows.length; row++) {
        System.arraycopy(values, rows[row] * columns, result, row * columns, columns);
      }
      return new Bytes(result, white);
    }

    @Override
    public Values concat(Values other) {
      if (!(other instanceof Bytes bytes) || bytes.white != white) {
        return Values.super.concat(other);
      }
      byte[] joined = Arrays.copyOf(values, Math.addExact(values.length, bytes.values.length));
      System.arraycopy(bytes.values, 0, joined, values.length, bytes.values.length);
      return new Bytes(joined, white);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Bytes other
          && white == other.white
          && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return values.length + " bytes";
    }
  }
}
