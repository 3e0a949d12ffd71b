package io.tandem.space;

import java.util.Locale;

/**
 * What a node of a recurrent cell does to the product of an earlier node. The order is that of the
 * published encoding of ENAS (Pham et al. 2018), in which an activation is its {@link #code()}.
 */
public enum CellActivation {
  /** Hyperbolic tangent. */
  TANH,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code x}. */
  IDENTITY,
  /** Logistic function {@code 1 / (1 + exp(-x))}. */
  SIGMOID;

  /** Number in the published encoding. */
  public int code() {
    return ordinal();
  }

  /** Its name in configurations, results and journals, for example {@code tanh}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
