package io.tandem.data.table;

import java.util.List;

/** What is to be predicted, as it was read from a table. */
sealed interface ReadTargets permits ReadTargets.Labels, ReadTargets.Numbers {
  /** Number of rows. */
  int rows();

  /**
   * Labels, before they are made classes.
   *
   * @param values index into {@code texts} for each row
   * @param texts distinct labels in order of appearance
   * @param places for each of them the row it was first seen in, for messages
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and never compared
  record Labels(int[] values, List<String> texts, List<String> places) implements ReadTargets {
    @Override
    public int rows() {
      return values.length;
    }
  }

  /**
   * Numbers.
   *
   * @param values finite, row-major {@code [rows, columns]}
   * @param columns how many there are of a row
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and never compared
  record Numbers(double[] values, int columns) implements ReadTargets {
    @Override
    public int rows() {
      return values.length / columns;
    }

    /** Those of some rows. */
    double[] select(int... chosen) {
      double[] selected = new double[chosen.length * columns];
      for (int row = 0; row < chosen.length; row++) {
        System.arraycopy(values, chosen[row] * columns, selected, row * columns, columns);
      }
      return selected;
    }
  }
}
