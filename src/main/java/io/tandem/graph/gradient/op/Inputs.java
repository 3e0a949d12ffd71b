package io.tandem.graph.gradient.op;

import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.BroadcastGradientArgs;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** Typed access to what a gradient works with. */
public final class Inputs {
  private Inputs() {}

  /** The number type of the gradients: that of the given tensor. */
  public static Class<? extends TNumber> real(Output<?> tensor) {
    return switch (tensor.dataType()) {
      case DT_FLOAT -> TFloat32.class;
      case DT_DOUBLE -> TFloat64.class;
      default ->
          throw new IllegalArgumentException(
              tensor.name() + " is " + tensor.dataType() + ", expected float32 or float64");
    };
  }

  /** Input {@code index} of an operation. */
  static <T extends TNumber> Operand<T> input(GraphOperation operation, int index, Class<T> type) {
    return operation.input(index).expect(type);
  }

  /** A tensor of positions in another. */
  static Operand<? extends TNumber> indices(Output<?> tensor) {
    return switch (tensor.dataType()) {
      case DT_INT32 -> tensor.expect(TInt32.class);
      case DT_INT64 -> tensor.expect(TInt64.class);
      default ->
          throw new IllegalArgumentException(
              tensor.name() + " is " + tensor.dataType() + ", expected int32 or int64");
    };
  }

  /** Undoes broadcasting: sums the derivative of a product over the axes an operand lacked. */
  static <T extends TNumber> Operand<T> reduce(
      Ops tf, Operand<T> derivative, Operand<T> operand, Operand<T> other) {
    Operand<TInt32> shape = tf.shape(operand);
    BroadcastGradientArgs<TInt32> axes = tf.broadcastGradientArgs(shape, tf.shape(other));
    return tf.reshape(tf.sum(derivative, axes.r0()), shape);
  }
}
