package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Gradient of rows looked up by the older operation, of which TensorFlow's gradient of sums by
 * segment consists: the derivatives added up at their rows.
 */
public final class GatherGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("Gather");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return List.of(
        sums(tf, operation, outputGradients.get(0), Inputs.real(outputGradients.get(0))),
        NoGradient.value());
  }

  private static <T extends TNumber> Operand<T> sums(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Class<T> type) {
    Operand<TInt32> rows = tf.gather(tf.shape(operation.input(0)), tf.constant(0), tf.constant(0));
    return tf.math.unsortedSegmentSum(
        outputGradient.expect(type), Inputs.indices(operation.input(1)), rows);
  }
}
