package io.tandem.graph.gradient;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.op.Inputs;
import io.tandem.graph.gradient.op.NoGradient;
import io.tandem.graph.gradient.op.OpGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** A gradient with an error of one part in a thousand in one of the derivatives that it returns. */
final class Planted implements OpGradient {
  private final OpGradient right;
  private final int wrong;
  private int derivatives;

  Planted(OpGradient right, int wrong) {
    this.right = right;
    this.wrong = wrong;
  }

  /** How many derivatives the gradient last returned. */
  int derivatives() {
    return derivatives;
  }

  @Override
  public Set<String> types() {
    return right.types();
  }

  @Override
  public List<Operand<?>> backward(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    List<Operand<?>> all = new ArrayList<>(right.backward(tf, operation, outputGradients));
    derivatives = 0;
    for (int index = 0; index < all.size(); index++) {
      Output<?> derivative = all.get(index).asOutput();
      if (!NoGradient.is(derivative) && derivatives++ == wrong) {
        all.set(index, scaled(tf, derivative, Inputs.real(derivative)));
      }
    }
    return List.copyOf(all);
  }

  private static <T extends TNumber> Operand<T> scaled(
      Ops tf, Output<?> derivative, Class<T> type) {
    return tf.math.mul(derivative.expect(type), Scalars.of(tf, 1.001, type));
  }
}
