package io.tandem.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Labelled rows in memory, as they were read: not standardised. The arrays are handed out as they
 * are, because they are large; nobody writes to them.
 *
 * @param values finite numbers, row-major {@code [rows, columns]}
 * @param columns number of features, positive
 * @param labels index into {@code classes} for each row
 * @param classes names of the classes: integers ascending, or else in the order of their
 *     characters, or of the file that lists them
 * @param featureNames one name per column
 * @param image shape of every row, if the rows are images
 */
public record Dataset(
    Values values,
    int columns,
    int[] labels,
    List<String> classes,
    List<String> featureNames,
    Optional<ImageShape> image) {

  /** Checks that the sizes agree. */
  public Dataset {
    classes = List.copyOf(classes);
    featureNames = List.copyOf(featureNames);
    if (columns < 1 || featureNames.size() != columns) {
      throw new IllegalArgumentException(
          featureNames.size() + " names for " + columns + " columns");
    }
    if (values.size() != (long) labels.length * columns) {
      throw new IllegalArgumentException(
          values.size() + " cells for " + labels.length + " rows of " + columns);
    }
    for (int label : labels) {
      if (label < 0 || label >= classes.size()) {
        throw new IllegalArgumentException("label " + label + " of " + classes.size() + " classes");
      }
    }
    if (image.isPresent() && image.get().size() != columns) {
      throw new IllegalArgumentException(columns + " columns for images of " + image.get());
    }
  }

  /**
   * Rows of any numbers.
   *
   * @param features finite numbers, row-major {@code [rows, columns]}
   * @param columns number of features, positive
   * @param labels index into {@code classes} for each row
   * @param classes names of the classes
   * @param featureNames one name per column
   */
  public Dataset(
      float[] features,
      int columns,
      int[] labels,
      List<String> classes,
      List<String> featureNames) {
    this(new Values.Floats(features), columns, labels, classes, featureNames, Optional.empty());
  }

  /** All numbers, row by row; a new array where they are kept in another form. */
  public float[] features() {
    return values.floats(0, values.size());
  }

  /** The numbers of one row. */
  float[] row(int row) {
    return values.floats(row * columns, (row + 1) * columns);
  }

  /** The same rows, which are images. */
  public Dataset withImage(ImageShape shape) {
    return new Dataset(values, columns, labels, classes, featureNames, Optional.of(shape));
  }

  /** The same rows in other classes. */
  Dataset labelled(int[] other) {
    return new Dataset(values, columns, other, classes, featureNames, image);
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
    return new Dataset(values.select(rows, columns), columns, chosen, classes, featureNames, image);
  }

  /** A copy of the features of some rows, in the given order: {@code [rows, columns]}. */
  public float[] featuresOf(int[] rows) {
    Values chosen = values.select(rows, columns);
    return chosen.floats(0, chosen.size());
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
    int[] joinedLabels = Arrays.copyOf(labels, labels.length + other.labels.length);
    System.arraycopy(other.labels, 0, joinedLabels, labels.length, other.labels.length);
    return new Dataset(
        values.concat(other.values), columns, joinedLabels, classes, featureNames, image);
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
        && values.equals(other.values)
        && Arrays.equals(labels, other.labels)
        && classes.equals(other.classes)
        && featureNames.equals(other.featureNames)
        && image.equals(other.image);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + values.hashCode();
  }

  @Override
  public String toString() {
    return rows() + " rows of " + columns + " features in " + classes.size() + " classes";
  }
}
