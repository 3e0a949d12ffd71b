package io.tandem.graph.gradient.op;

import io.tandem.graph.core.Scalars;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Gradient of {@code g·σ(x)}. */
public final class SoftplusGradGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("SoftplusGrad");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return backward(tf, operation, outputGradients.get(0), Inputs.real(outputGradients.get(0)));
  }

  private static <T extends TNumber> List<Operand<?>> backward(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Class<T> type) {
    Operand<T> upstream = outputGradient.expect(type);
    Operand<T> gradient = Inputs.input(operation, 0, type);
    Operand<T> features = Inputs.input(operation, 1, type);
    Operand<T> sigmoid = tf.math.sigmoid(features);
    Operand<T> one = Scalars.of(tf, 1, type);
    Operand<T> curvature = tf.math.mul(sigmoid, tf.math.sub(one, sigmoid));
    return List.of(
        tf.math.mul(upstream, sigmoid), tf.math.mul(tf.math.mul(upstream, gradient), curvature));
  }
}
