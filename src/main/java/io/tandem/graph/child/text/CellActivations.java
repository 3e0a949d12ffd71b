package io.tandem.graph.child.text;

import io.tandem.space.CellActivation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Activations of recurrent cells. */
final class CellActivations {
  private CellActivations() {}

  /** Adds one. */
  static <T extends TNumber> Operand<T> apply(Ops tf, CellActivation activation, Operand<T> x) {
    return switch (activation) {
      case TANH -> tf.math.tanh(x);
      case RELU -> tf.nn.relu(x);
      case SIGMOID -> tf.math.sigmoid(x);
      case IDENTITY -> tf.identity(x);
    };
  }
}
