package io.tandem.graph.core;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.BiasAdd;

/** Gradient of the sum over all axes but the channels: the derivative spread over them. */
final class BiasAddGradGradient implements OpGradient {
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

  private static <T extends org.tensorflow.types.family.TNumber> Operand<T> spread(
      Ops tf, Output<?> summed, Output<T> upstream, String format) {
    if (format.equals("NHWC")) {
      return tf.broadcastTo(upstream, tf.shape(summed));
    }
    Operand<T> zeros = tf.zerosLike(summed.expect(upstream.type()));
    return tf.nn.biasAdd(zeros, upstream, BiasAdd.dataFormat(format));
  }
}
