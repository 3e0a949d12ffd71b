package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Gradient of the sum over all axes but the channels: the derivative spread over them. */
public final class BiasAddGradGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("BiasAddGrad");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return List.of(
        spread(
            tf,
            operation.input(0),
            outputGradients.get(0).expect(Inputs.real(outputGradients.get(0))),
            operation.attributes().getAttrString("data_format")));
  }

  // Not as a BiasAdd to zeros: with channels first, TensorFlow's graph optimizer makes a broadcast
  // along the wrong axis of that.
  private static <T extends TNumber> Operand<T> spread(
      Ops tf, Output<?> summed, Output<T> upstream, String format) {
    Operand<TInt32> shape = tf.shape(summed);
    if (format.equals("NHWC")) {
      return tf.broadcastTo(upstream, shape);
    }
    Operand<TInt32> behind = tf.math.sub(tf.rank(summed), tf.constant(2));
    Operand<TInt32> spatial = tf.fill(tf.expandDims(behind, tf.constant(0)), tf.constant(1));
    Operand<TInt32> channels =
        tf.concat(List.of(tf.constant(new int[] {-1}), spatial), tf.constant(0));
    return tf.broadcastTo(tf.reshape(upstream, channels), shape);
  }
}
