package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.EluGrad;
import org.tensorflow.op.nn.SeluGrad;
import org.tensorflow.types.family.TNumber;

/** Gradient of the gradients of ELU and SELU, {@code g·(y + c)} where {@code y < 0}. */
public final class ExponentialUnitGradGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("EluGrad", "SeluGrad");
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
    Operand<T> output = Inputs.input(operation, 1, type);
    Operand<T> zero = tf.zerosLike(output);
    Operand<T> product = tf.math.mul(upstream, gradient);
    Operand<T> byGradient =
        operation.type().equals("EluGrad")
            ? EluGrad.create(tf.scope(), upstream, output)
            : SeluGrad.create(tf.scope(), upstream, output);
    return List.of(byGradient, tf.select(tf.math.less(output, zero), product, zero));
  }
}
