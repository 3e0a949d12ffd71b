package io.tandem.graph.gradient.op;

import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.family.TNumber;

/**
 * Statistics per channel of a tensor in one of the layouts of batch normalisation. They keep their
 * dimensions, such as {@code [1, 1, 1, channels]}, so that they spread over batch and space.
 *
 * @param name letters of the axes, such as {@code NHWC} or {@code NCHW}
 */
public record BatchNormLayout(String name) {

  /** The mean over batch and space. */
  public <T extends TNumber> Operand<T> mean(Ops tf, Operand<T> tensor) {
    return tf.math.mean(tensor, tf.constant(others()), Mean.keepDims(true));
  }

  /** The sum over batch and space, {@code [channels]}. */
  <T extends TNumber> Operand<T> sum(Ops tf, Operand<T> tensor) {
    return tf.reduceSum(tensor, tf.constant(others()), ReduceSum.keepDims(false));
  }

  /** A vector over channels, made to spread over batch and space. */
  public <T extends TNumber> Operand<T> spread(Ops tf, Operand<T> vector) {
    int[] shape = new int[name.length()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = name.charAt(axis) == 'C' ? -1 : 1;
    }
    return tf.reshape(vector, tf.constant(shape));
  }

  private int[] others() {
    return IntStream.range(0, name.length()).filter(axis -> name.charAt(axis) != 'C').toArray();
  }
}
