package io.tandem.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the features and the label are in a table, so that a model finds them again in another
 * table.
 *
 * @param columns names of all columns, in order
 * @param named whether the names come from a header; otherwise they are made up
 * @param label index of the label column; -1 if it is not known
 * @param features index of the column of each feature, in the model's order
 * @param delimiter character between two cells
 * @param missing cells that say that a value is missing
 */
public record TableLayout(
    List<String> columns,
    boolean named,
    int label,
    List<Integer> features,
    char delimiter,
    List<String> missing) {
  /** Copies the lists and checks the indices. */
  public TableLayout {
    columns = List.copyOf(columns);
    features = List.copyOf(features);
    missing = List.copyOf(missing);
    int width = columns.size();
    if (label < -1
        || label >= width
        || features.isEmpty()
        || features.contains(label)
        || features.stream().anyMatch(index -> index < 0 || index >= width)) {
      throw new IllegalArgumentException(
          "label " + label + " and features " + features + " of " + width + " columns");
    }
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
        IntStream.range(0, count).boxed().toList(),
        ',',
        List.of());
  }

  /** The same with other features. */
  public TableLayout with(List<Integer> others) {
    return new TableLayout(columns, named, label, others, delimiter, missing);
  }

  /** Name of the label column. */
  public String labelName() {
    return columns.get(label);
  }

  /** Names of the features, in the model's order. */
  public List<String> featureNames() {
    return features.stream().map(columns::get).toList();
  }
}
