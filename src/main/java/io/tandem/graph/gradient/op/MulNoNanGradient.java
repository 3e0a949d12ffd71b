package io.tandem.graph.gradient.op;

import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Gradient of {@code x·y}, 0 where {@code y} is 0. */
public final class MulNoNanGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("MulNoNan");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return backward(tf, operation, outputGradients.get(0), Inputs.real(outputGradients.get(0)));
  }

  private static <T extends TNumber> List<Operand<?>> backward(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Class<T> type) {
    Operand<T> upstream = outputGradient.expect(type);
    Operand<T> left = Inputs.input(operation, 0, type);
    Operand<T> right = Inputs.input(operation, 1, type);
    return List.of(
        Inputs.reduce(tf, tf.math.mulNoNan(upstream, right), left, right),
        Inputs.reduce(tf, tf.math.mulNoNan(left, upstream), right, left));
  }
}
