package io.tandem.graph.gradient;

/** How often what an operation computes can be differentiated. */
public enum GradientCoverage {
  /** It computes no real numbers from real numbers, or constants, or it changes a variable. */
  NOT_NEEDED,
  /** It has no gradient. */
  NONE,
  /** It has a gradient, and an operation that the gradient consists of has none. */
  FIRST,
  /** It has a gradient, and so has every operation that the gradient consists of. */
  SECOND
}
