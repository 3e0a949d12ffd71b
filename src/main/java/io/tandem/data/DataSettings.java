package io.tandem.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which rows or words a run learns from.
 *
 * @param source where they come from
 * @param split how one table is divided; unused where the source names each part
 * @param wrongLabels share of the training rows that get a wrong label, 0 to 1
 * @param classWeights how much rows of a class count in training, by its name, positive; 1 for
 *     others
 * @param folds of the rows of one table that are not for the test, on which a search tries
 *     candidates; below 2 it tries them on the validation part
 */
public record DataSettings(
    DataSource source,
    SplitSettings split,
    double wrongLabels,
    Map<String, Double> classWeights,
    int folds) {
  /** Copies the map. */
  public DataSettings {
    classWeights = Collections.unmodifiableMap(new TreeMap<>(classWeights));
  }

  /** With one validation part. */
  public DataSettings(
      DataSource source,
      SplitSettings split,
      double wrongLabels,
      Map<String, Double> classWeights) {
    this(source, split, wrongLabels, classWeights, 0);
  }

  /** The same with folds. */
  public DataSettings folded(int count) {
    return new DataSettings(source, split, wrongLabels, classWeights, count);
  }

  /** With rows that all count alike. */
  public DataSettings(DataSource source, SplitSettings split, double wrongLabels) {
    this(source, split, wrongLabels, Map.of());
  }

  /** With the labels as they are. */
  public DataSettings(DataSource source, SplitSettings split) {
    this(source, split, 0);
  }
}
