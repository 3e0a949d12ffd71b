package io.tandem.data;

import io.tandem.dialect.Dialect;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the features and the label are in a table, so that a model finds them again in another
 * table.
 *
 * @param columns names of all columns, in order
 * @param named whether the names come from a header; otherwise they are made up
 * @param label index of the label column; -1 if it is not known, or numbers are predicted
 * @param targets indices of the columns of numbers that are predicted; empty if classes are
 * @param features index of the column of each feature, in the model's order
 * @param dialect the way in which the table is written
 * @param missing cells that say that a value is missing
 * @param columnMissing those of columns that have others, by index of the column
 */
public record TableLayout(
    List<String> columns,
    boolean named,
    int label,
    List<Integer> targets,
    List<Integer> features,
    Dialect dialect,
    List<String> missing,
    Map<Integer, List<String>> columnMissing) {
  /** Copies the lists and checks the indices. */
  public TableLayout {
    columns = List.copyOf(columns);
    targets = List.copyOf(targets);
    features = List.copyOf(features);
    missing = List.copyOf(missing);
    Map<Integer, List<String>> others = new TreeMap<>();
    columnMissing.forEach((column, marks) -> others.put(column, List.copyOf(marks)));
    columnMissing = Collections.unmodifiableMap(others);
    int width = columns.size();
    if (label < -1
        || label >= width
        || features.isEmpty()
        || features.contains(label)
        || label >= 0 && !targets.isEmpty()
        || features.stream().anyMatch(targets::contains)
        || Stream.of(features, targets, columnMissing.keySet())
            .flatMap(Collection::stream)
            .anyMatch(index -> index < 0 || index >= width)) {
      throw new IllegalArgumentException(
          "label "
              + label
              + ", targets "
              + targets
              + " and features "
              + features
              + " of "
              + width
              + " columns");
    }
  }

  /** One all of whose columns have the same marks of missing values. */
  public TableLayout(
      List<String> columns,
      boolean named,
      int label,
      List<Integer> targets,
      List<Integer> features,
      Dialect dialect,
      List<String> missing) {
    this(columns, named, label, targets, features, dialect, missing, Map.of());
  }

  /** Of a table of which a class is predicted. */
  public TableLayout(
      List<String> columns,
      boolean named,
      int label,
      List<Integer> features,
      char delimiter,
      List<String> missing) {
    this(columns, named, label, List.of(), features, Dialect.of(delimiter), missing);
  }

  /**
   * Features of which nothing is known but their number.
   *
   * @param count how many there are, positive
   */
  public static TableLayout unnamed(int count) {
    return new TableLayout(
        IntStream.range(0, count).mapToObj(column -> "column" + column).toList(),
        false,
        -1,
        List.of(),
        IntStream.range(0, count).boxed().toList(),
        Dialect.STANDARD,
        List.of());
  }

  /** The same with other features. */
  public TableLayout with(List<Integer> others) {
    return new TableLayout(columns, named, label, targets, others, dialect, missing, columnMissing);
  }

  /**
   * The cells of a column that say that a value is missing, beside the empty one.
   *
   * @param column its index
   */
  public List<String> missing(int column) {
    return columnMissing.getOrDefault(column, missing);
  }

  /** Name of the label column. */
  public String labelName() {
    return columns.get(label);
  }

  /** Indices of the columns of what is predicted: the label, or numbers; empty if not known. */
  public List<Integer> predicted() {
    return label < 0 ? targets : List.of(label);
  }

  /** Names of these columns. */
  public List<String> predictedNames() {
    return predicted().stream().map(columns::get).toList();
  }

  /** Names of the features, in the model's order. */
  public List<String> featureNames() {
    return features.stream().map(columns::get).toList();
  }
}
