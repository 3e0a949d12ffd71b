package io.tandem.graph.hypergradient;

/** Which estimator supplies the response gradient. */
public sealed interface ResponseSettings {
  /** No response: the direct gradient only, which is ENAS (Pham et al. 2018). */
  record None() implements ResponseSettings {}

  /** Differentiation through the unrolled training steps. */
  record Unrolled() implements ResponseSettings {}
}
