package io.tandem.graph.gradient.op;

import io.tandem.graph.core.Scalars;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.TanhGrad;
import org.tensorflow.types.family.TNumber;

/** Gradient of {@code g·(1 - y²)}. */
public final class TanhGradGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("TanhGrad");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return backward(tf, operation, outputGradients.get(0), Inputs.real(outputGradients.get(0)));
  }

  private static <T extends TNumber> List<Operand<?>> backward(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Class<T> type) {
    Operand<T> upstream = outputGradient.expect(type);
    Operand<T> output = Inputs.input(operation, 0, type);
    Operand<T> gradient = Inputs.input(operation, 1, type);
    Operand<T> product = tf.math.mul(tf.math.mul(upstream, gradient), output);
    return List.of(
        tf.math.mul(product, Scalars.of(tf, -2, type)),
        TanhGrad.create(tf.scope(), output, upstream));
  }
}
