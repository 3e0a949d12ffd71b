package io.tandem.graph.tuning;

/** How finely a hyperparameter is told apart. */
public enum Granularity {
  /** One value that stays as it is. */
  FIXED,
  /** One value. */
  GLOBAL,
  /** A value for every layer: kernel and bias of a layer share it. */
  LAYER,
  /** A value for every training step: a schedule. */
  STEP,
  /** A value for every layer in every training step. */
  LAYER_STEP,
  /** A value for every unit: column of a kernel with its bias. In the last layer, every class. */
  UNIT,
  /** A value for every weight. */
  WEIGHT,
  /** A value for every training example. */
  EXAMPLE,
  /** A value for every feature of every training example. */
  FEATURE
}
