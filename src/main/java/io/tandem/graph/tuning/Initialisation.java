package io.tandem.graph.tuning;

/** How weights are drawn before they are multiplied by the initial scale. */
public enum Initialisation {
  /** Kernels by Glorot and Bengio 2010 or He et al. 2015, as the activation wants; biases 0. */
  BY_FAN_IN,
  /** Every weight and bias from the standard normal distribution. */
  NORMAL,
  /** All 0, for networks without hidden layers. */
  ZERO
}
