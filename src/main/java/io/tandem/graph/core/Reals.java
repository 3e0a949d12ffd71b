package io.tandem.graph.core;

import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Tensors read as arrays. */
public final class Reals {
  private Reals() {}

  /** All values of a tensor, end to end. */
  public static float[] of(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** The same of a tensor in 64 bits. */
  public static double[] of(TFloat64 tensor) {
    double[] values = new double[(int) tensor.size()];
    tensor.asRawTensor().data().asDoubles().read(values);
    return values;
  }
}
