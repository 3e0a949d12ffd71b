package io.tandem.graph.core;

import org.tensorflow.types.TFloat64;

/** Tensors read as arrays. */
public final class Reals {
  private Reals() {}

  /** All values of a tensor, end to end. */
  public static double[] of(TFloat64 tensor) {
    double[] values = new double[(int) tensor.size()];
    tensor.asRawTensor().data().asDoubles().read(values);
    return values;
  }
}
