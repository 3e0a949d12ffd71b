package io.tandem.testing;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Constants in the number type of a test. */
public final class Tensors {
  private Tensors() {}

  /** A scalar. */
  public static <T extends TNumber> Operand<T> scalar(Ops tf, double value, Class<T> type) {
    return tf.dtypes.cast(tf.constant(value), type);
  }

  /** A vector. */
  public static <T extends TNumber> Operand<T> vector(Ops tf, Class<T> type, double... values) {
    return tf.dtypes.cast(tf.constant(values), type);
  }

  /** A tensor of row-major values. */
  public static <T extends TNumber> Operand<T> tensor(
      Ops tf, double[] values, Shape shape, Class<T> type) {
    return tf.dtypes.cast(tf.constant(shape, DataBuffers.of(values)), type);
  }
}
