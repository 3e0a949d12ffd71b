package io.tandem.space;

/** An element-wise non-linearity that a layer can apply. */
public enum Activation {
  /** {@code max(x, 0)}. */
  RELU,
  /** Hyperbolic tangent. */
  TANH,
  /** Logistic function {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** {@code x * sigmoid(x)} (Ramachandran et al. 2017, with their beta = 1). */
  SWISH,
  /** {@code x * Phi(x)} with the tanh approximation of Hendrycks and Gimpel 2016. */
  GELU,
  /** {@code x}. */
  IDENTITY
}
