package io.tandem.graph.child;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Constant scalars in the number type of a network. */
public final class Scalars {
  private Scalars() {}

  /**
   * A constant scalar.
   *
   * @param tf where it is added
   * @param value its value, rounded to the type
   * @param type number type
   */
  public static <T extends TNumber> Operand<T> of(Ops tf, double value, Class<T> type) {
    if (type.equals(TFloat32.class)) {
      return tf.constant((float) value).asOutput().expect(type);
    }
    return tf.constant(value).asOutput().expect(type);
  }
}
