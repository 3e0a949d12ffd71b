package io.tandem.export;

import java.util.Arrays;

/**
 * Rows of raw features on which an exported model is tried.
 *
 * @param features row by row
 * @param columns number of features per row, positive
 */
public record Samples(float[] features, int columns) {
  /** Checks that there is at least one whole row. */
  public Samples {
    if (columns < 1 || features.length < columns || features.length % columns != 0) {
      throw new IllegalArgumentException(
          features.length + " values are no rows of " + columns + " features");
    }
  }

  /** Number of rows. */
  public int rows() {
    return features.length / columns;
  }

  /** The first rows; begins again at the first one when there are too few. */
  float[] first(int rows) {
    float[] result = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(row(row % rows()), 0, result, row * columns, columns);
    }
    return result;
  }

  private float[] row(int index) {
    return Arrays.copyOfRange(features, index * columns, (index + 1) * columns);
  }
}
