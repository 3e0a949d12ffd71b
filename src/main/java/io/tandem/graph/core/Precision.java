package io.tandem.graph.core;

/** Number format of the networks' large products; weights and losses are always float32. */
public enum Precision {
  /** 32 bits throughout. */
  FLOAT32,
  /** Factors of products in bfloat16 (8 bits of mantissa), everything else in float32. */
  BFLOAT16
}
