package io.tandem.graph.hypergradient.reversible;

import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** Copies between tensors and arrays. */
final class Values {
  private Values() {}

  /** Reals of either type, row by row. */
  static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.size())];
    if (tensor instanceof TFloat64) {
      tensor.asRawTensor().data().asDoubles().read(values);
      return values;
    }
    float[] narrow = new float[values.length];
    tensor.asRawTensor().data().asFloats().read(narrow);
    for (int index = 0; index < values.length; index++) {
      values[index] = narrow[index];
    }
    return values;
  }

  static long[] longs(Tensor tensor) {
    long[] values = new long[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asLongs().read(values);
    return values;
  }

  static int[] ints(Tensor tensor) {
    int[] values = new int[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asInts().read(values);
    return values;
  }

  static TFloat64 tensor(Shape shape, double[] values) {
    return TFloat64.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  static TInt32 tensor(Shape shape, int[] values) {
    return TInt32.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  /** Whether all are 0. */
  static boolean zero(Tensor tensor) {
    TInt64 integers = (TInt64) tensor;
    for (long value : longs(integers)) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
