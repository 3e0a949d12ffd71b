package io.tandem.graph.training;

import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Copies between tensors and arrays. */
final class Tensors {
  private Tensors() {}

  /** The values of a float tensor, row by row. */
  static float[] floats(Tensor tensor) {
    TFloat32 typed = (TFloat32) tensor;
    float[] values = new float[Math.toIntExact(typed.size())];
    typed.copyTo(DataBuffers.of(values, false, false));
    return values;
  }
}
