package io.tandem.graph.training;

/**
 * Standardised rows with their classes.
 *
 * @param features row by row
 * @param columns features per row, positive
 * @param labels class of each row, from 0
 */
public record LabelledRows(float[] features, int columns, int[] labels) {
  /** Checks that each row has a label and all its features. */
  public LabelledRows {
    if (columns < 1 || features.length != labels.length * (long) columns) {
      throw new IllegalArgumentException(
          features.length + " values are not " + labels.length + " rows of " + columns);
    }
  }

  /** Number of rows. */
  public int rows() {
    return labels.length;
  }
}
