package io.tandem.graph.gradient.op;

import io.tandem.graph.core.Scalars;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Gradient of {@code g/(1 + |x|)²}. */
public final class SoftsignGradGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("SoftsignGrad");
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
    Operand<T> base = tf.math.add(Scalars.of(tf, 1, type), tf.math.abs(features));
    Operand<T> first = tf.math.div(upstream, tf.math.square(base));
    Operand<T> slope = tf.math.div(tf.math.sign(features), base);
    Operand<T> second =
        tf.math.mul(tf.math.mul(first, gradient), tf.math.mul(Scalars.of(tf, -2, type), slope));
    return List.of(first, second);
  }
}
