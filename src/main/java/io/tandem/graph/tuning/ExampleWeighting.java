package io.tandem.graph.tuning;

/** How weights of training examples come from their coordinates; all start at 1. */
public enum ExampleWeighting {
  /** Every example weighs 1. */
  NONE,
  /** {@code n softmax(c)}: they compete, and their mean stays 1. */
  SOFTMAX,
  /** {@code 2 sigmoid(c)}: each on its own, in (0, 2). */
  SIGMOID
}
