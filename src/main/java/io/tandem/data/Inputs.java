package io.tandem.data;

import io.tandem.outcome.ClassWeights;
import io.tandem.outcome.Targets;

/**
 * Examples as a network sees them.
 *
 * @param examples raw
 * @param standardisation what is done to them
 */
public record Inputs(Dataset examples, Standardisation standardisation) {
  /** Checks that the standardisation is one of these columns. */
  public Inputs {
    if (standardisation.mean().length != examples.columns()) {
      throw new IllegalArgumentException(
          standardisation.mean().length + " means for " + examples.columns() + " columns");
    }
  }

  /** Examples that a network sees as they are. */
  public static Inputs of(Dataset examples) {
    return new Inputs(examples, Standardisation.none(examples.columns()));
  }

  /** Number of examples. */
  public int rows() {
    return examples.rows();
  }

  /** Number of features, positive. */
  public int columns() {
    return examples.columns();
  }

  /** The targets of all examples. */
  public Targets targets() {
    return examples.targets();
  }

  /** How much examples of each class count in training; nothing where numbers are predicted. */
  public ClassWeights classWeights() {
    return examples.classWeights();
  }

  /** The standardised features of the examples from one up to but not another, row by row. */
  public float[] features(int from, int to) {
    return standardisation.apply(
        examples.values().floats(from * examples.columns(), to * examples.columns()));
  }

  /** All standardised features, row by row. */
  public float[] features() {
    return features(0, rows());
  }
}
