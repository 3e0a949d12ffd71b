package io.tandem.data;

import java.util.Arrays;
import java.util.List;

/**
 * Labelled rows in memory, as they were read: not standardised. The arrays are handed out as they
 * are, because they are large; nobody writes to them.
 *
 * @param features finite numbers, row-major {@code [rows, columns]}
 * @param columns number of features, positive
 * @param labels index into {@code classes} for each row
 * @param classes names of the classes: integers ascending, or else in the order of their
 *     characters, or of the file that lists them
 * @param featureNames one name per column
 */
public record Dataset(
    float[] features, int columns, int[] labels, List<String> classes, List<String> featureNames) {

  /** Checks that the sizes agree. */
  public Dataset {
    classes = List.copyOf(classes);
    featureNames = List.copyOf(featureNames);
    if (columns < 1 || featureNames.size() != columns) {
      throw new IllegalArgumentException(
          featureNames.size() + " names for " + columns + " columns");
    }
    if (features.length != (long) labels.length * columns) {
      throw new IllegalArgumentException(
          features.length + " cells for " + labels.length + " rows of " + columns);
    }
    for (int label : labels) {
      if (label < 0 || label >= classes.size()) {
        throw new IllegalArgumentException("label " + label + " of " + classes.size() + " classes");
      }
    }
  }

  /** Number of rows. */
  public int rows() {
    return labels.length;
  }

  /** A copy of some rows, in the given order. */
  public Dataset select(int[] rows) {
    int[] chosen = new int[rows.length];
    for (int row = 0; row < rows.length; row++) {
      chosen[row] = labels[rows[row]];
    }
    return new Dataset(featuresOf(rows), columns, chosen, classes, featureNames);
  }

  /** A copy of the features of some rows, in the given order: {@code [rows, columns]}. */
  public float[] featuresOf(int[] rows) {
    float[] result = new float[Math.multiplyExact(rows.length, columns)];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(features, rows[row] * columns, result, row * columns, columns);
    }
    return result;
  }

  /**
   * These rows followed by those of another set.
   *
   * @param other rows with the same columns and classes
   */
  public Dataset concat(Dataset other) {
    if (!classes.equals(other.classes) || !featureNames.equals(other.featureNames)) {
      throw new IllegalArgumentException("the sets have different columns or classes");
    }
    int total = Math.addExact(features.length, other.features.length);
    float[] joined = Arrays.copyOf(features, total);
    System.arraycopy(other.features, 0, joined, features.length, other.features.length);
    int[] joinedLabels = Arrays.copyOf(labels, labels.length + other.labels.length);
    System.arraycopy(other.labels, 0, joinedLabels, labels.length, other.labels.length);
    return new Dataset(joined, columns, joinedLabels, classes, featureNames);
  }

  /** Number of rows of each class. */
  public int[] classCounts() {
    int[] counts = new int[classes.size()];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Dataset other
        && columns == other.columns
        && Arrays.equals(features, other.features)
        && Arrays.equals(labels, other.labels)
        && classes.equals(other.classes)
        && featureNames.equals(other.featureNames);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + Arrays.hashCode(features);
  }

  @Override
  public String toString() {
    return rows() + " rows of " + columns + " features in " + classes.size() + " classes";
  }
}
