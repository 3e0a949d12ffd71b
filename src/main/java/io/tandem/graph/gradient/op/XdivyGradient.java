package io.tandem.graph.gradient.op;

import io.tandem.graph.core.Scalars;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Gradient of {@code x/y}, 0 where {@code x} is 0. */
public final class XdivyGradient implements OpGradient {
  @Override
  public Set<String> types() {
    return Set.of("Xdivy");
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    return backward(tf, operation, outputGradients.get(0), Inputs.real(outputGradients.get(0)));
  }

  private static <T extends TNumber> List<Operand<?>> backward(
      Ops tf, GraphOperation operation, Output<?> outputGradient, Class<T> type) {
    Operand<T> upstream = outputGradient.expect(type);
    Operand<T> numerator = Inputs.input(operation, 0, type);
    Operand<T> denominator = Inputs.input(operation, 1, type);
    Operand<T> zero = Scalars.of(tf, 0, type);
    Operand<T> nonzero = tf.dtypes.cast(tf.math.notEqual(numerator, zero), type);
    Operand<T> slope = tf.math.xdivy(tf.math.neg(numerator), tf.math.square(denominator));
    return List.of(
        Inputs.reduce(
            tf, tf.math.mul(upstream, tf.math.xdivy(nonzero, denominator)), numerator, denominator),
        Inputs.reduce(tf, tf.math.mul(upstream, slope), denominator, numerator));
  }
}
