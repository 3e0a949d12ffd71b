package io.tandem.data;

import io.tandem.outcome.ClassWeights;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
import java.util.List;
import java.util.Optional;

/**
 * Rows in memory with what is to be predicted for them. Features are as they were read, not
 * standardised. The arrays are handed out as they are, because they are large; nobody writes to
 * them.
 *
 * @param values finite numbers, row-major {@code [rows, columns]}
 * @param columns number of features, positive
 * @param targets what is to be predicted
 * @param featureNames one name per column
 * @param image shape of every row, if the rows are images
 * @param vocabularies number of values of each of the last columns that are codes of categories: a
 *     code is 0 up to but not this, or -1 for a value that has none; empty if all are numbers
 */
public record Dataset(
    Values values,
    int columns,
    Targets targets,
    List<String> featureNames,
    Optional<ImageShape> image,
    List<Integer> vocabularies) {

  /** Checks that the sizes agree. */
  public Dataset {
    featureNames = List.copyOf(featureNames);
    vocabularies = List.copyOf(vocabularies);
    if (vocabularies.size() > columns) {
      throw new IllegalArgumentException(vocabularies.size() + " codes in " + columns + " columns");
    }
    if (columns < 1 || featureNames.size() != columns) {
      throw new IllegalArgumentException(
          featureNames.size() + " names for " + columns + " columns");
    }
    if (values.size() != (long) targets.rows() * columns) {
      throw new IllegalArgumentException(
          values.size() + " cells for " + targets.rows() + " rows of " + columns);
    }
    if (image.isPresent() && image.get().size() != columns) {
      throw new IllegalArgumentException(columns + " columns for images of " + image.get());
    }
  }

  /** Rows of numbers. */
  public Dataset(
      Values values,
      int columns,
      Targets targets,
      List<String> featureNames,
      Optional<ImageShape> image) {
    this(values, columns, targets, featureNames, image, List.of());
  }

  /**
   * Rows with classes.
   *
   * @param values finite numbers, row-major {@code [rows, columns]}
   * @param columns number of features, positive
   * @param labels index into {@code classes} for each row
   * @param classes names of the classes: integers ascending, or else in the order of their
   *     characters, or of the file that lists them
   * @param featureNames one name per column
   * @param image shape of every row, if the rows are images
   */
  public Dataset(
      Values values,
      int columns,
      int[] labels,
      List<String> classes,
      List<String> featureNames,
      Optional<ImageShape> image) {
    this(
        values,
        columns,
        new Targets.Labels(labels, new Outcome.Classes(classes)),
        featureNames,
        image);
  }

  /**
   * Rows of any numbers, with classes.
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
    return new Dataset(values, columns, targets, featureNames, Optional.of(shape));
  }

  /** The same rows with other labels of the same classes. */
  Dataset labelled(int[] other) {
    return predicting(new Targets.Labels(other, withLabels().outcome()));
  }

  /** The same rows with other targets. */
  public Dataset predicting(Targets other) {
    return new Dataset(values, columns, other, featureNames, image, vocabularies);
  }

  /** The kind of the targets: classes or numbers. */
  public Outcome outcome() {
    return targets.outcome();
  }

  /**
   * Names of the classes.
   *
   * @throws IllegalStateException if numbers are predicted
   */
  public List<String> classes() {
    return withLabels().outcome().names();
  }

  /**
   * The class of each row, an index into {@link #classes}.
   *
   * @throws IllegalStateException if numbers are predicted
   */
  public int[] labels() {
    return withLabels().values();
  }

  private Targets.Labels withLabels() {
    if (targets instanceof Targets.Labels labels) {
      return labels;
    }
    throw new IllegalStateException("numbers are predicted, not classes");
  }

  /** Number of rows. */
  public int rows() {
    return targets.rows();
  }

  /** A copy of some rows, in the given order. */
  public Dataset select(int[] rows) {
    return new Dataset(
        values.select(rows, columns),
        columns,
        targets.select(rows),
        featureNames,
        image,
        vocabularies);
  }

  /** A copy of the features of some rows, in the given order: {@code [rows, columns]}. */
  public float[] featuresOf(int[] rows) {
    Values chosen = values.select(rows, columns);
    return chosen.floats(0, chosen.size());
  }

  /**
   * These rows followed by those of another set.
   *
   * @param other rows with the same columns, and the same classes or targets
   */
  public Dataset concat(Dataset other) {
    if (!featureNames.equals(other.featureNames)) {
      throw new IllegalArgumentException("the sets have different columns");
    }
    return new Dataset(
        values.concat(other.values),
        columns,
        targets.concat(other.targets),
        featureNames,
        image,
        vocabularies);
  }

  /** Number of rows of each class; empty if numbers are predicted. */
  public int[] classCounts() {
    if (!(targets instanceof Targets.Labels labels)) {
      return new int[0];
    }
    int[] counts = new int[labels.outcome().outputs()];
    for (int label : labels.values()) {
      counts[label]++;
    }
    return counts;
  }

  /** How much rows of each class count in training; nothing where numbers are predicted. */
  public ClassWeights classWeights() {
    return targets instanceof Targets.Labels labels
        ? new ClassWeights(classCounts(), labels.outcome().weights())
        : ClassWeights.none();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Dataset other
        && columns == other.columns
        && values.equals(other.values)
        && targets.equals(other.targets)
        && featureNames.equals(other.featureNames)
        && image.equals(other.image)
        && vocabularies.equals(other.vocabularies);
  }

  @Override
  public int hashCode() {
    return 31 * targets.hashCode() + values.hashCode();
  }

  @Override
  public String toString() {
    return rows() + " rows of " + columns + " features with " + targets;
  }
}
