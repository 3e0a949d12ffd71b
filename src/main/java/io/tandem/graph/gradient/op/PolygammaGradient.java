package io.tandem.graph.gradient.op;

import io.tandem.graph.core.Scalars;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Gradient of the derivatives of the logarithm of the gamma function: that of the {@code n}-th is
 * the next. There is none by the order {@code n}, a constant.
 */
public final class PolygammaGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("Digamma", "Polygamma");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return backward(tf, operation, outputGradients.get(0), Inputs.real(outputGradients.get(0)));
  }

  private static <T extends TNumber> List<Operand<?>> backward(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Class<T> type) {
    Operand<T> upstream = outputGradient.expect(type);
    Operand<T> one = Scalars.of(tf, 1, type);
    if (operation.type().equals("Digamma")) {
      Operand<T> argument = Inputs.input(operation, 0, type);
      Operand<T> order = tf.math.add(one, tf.zerosLike(argument));
      return List.of(tf.math.mul(upstream, tf.math.polygamma(order, argument)));
    }
    Operand<T> order = Inputs.input(operation, 0, type);
    Operand<T> argument = Inputs.input(operation, 1, type);
    Operand<T> next = tf.math.polygamma(tf.math.add(order, one), argument);
    return List.of(
        NoGradient.value(), Inputs.reduce(tf, tf.math.mul(upstream, next), argument, order));
  }
}
