package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.family.TNumber;

/**
 * Gradient of the softmax cross entropy with integer labels, whose outputs are the losses {@code
 * [batch]} and their derivatives {@code softmax - one-hot}, {@code [batch, classes]}; both are
 * followed, so it can be differentiated again.
 */
public final class SparseCrossEntropyGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("SparseSoftmaxCrossEntropyWithLogits");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return List.of(
        logits(tf, operation, outputGradients, Inputs.real(operation.input(0))),
        NoGradient.value());
  }

  private static <T extends TNumber> Operand<T> logits(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients, Class<T> type) {
    Operand<T> lossGradient = tf.expandDims(outputGradients.get(0).expect(type), tf.constant(-1));
    Output<?> difference = operation.output(1);
    Operand<T> first = tf.math.mul(lossGradient, difference.expect(type));
    Operand<T> second = outputGradients.get(1).expect(type);
    if (second.op().type().equals("ZerosLike")) {
      return first;
    }
    Operand<T> softmax = tf.nn.softmax(Inputs.input(operation, 0, type));
    Operand<T> mean =
        tf.reduceSum(tf.math.mul(second, softmax), tf.constant(-1), ReduceSum.keepDims(true));
    return tf.math.add(first, tf.math.mul(tf.math.sub(second, mean), softmax));
  }
}
