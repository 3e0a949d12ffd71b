package io.tandem.graph.inner;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Scalars in the number type of a problem. */
public final class Numbers {
  private Numbers() {}

  /** A constant, rounded to the type. */
  public static <T extends TNumber> Operand<T> constant(Ops tf, double value, Class<T> type) {
    if (type.equals(TFloat32.class)) {
      return tf.constant((float) value).asOutput().expect(type);
    }
    return tf.constant(value).asOutput().expect(type);
  }

  /** {@code 1 - x}. */
  public static <T extends TNumber> Operand<T> complement(Ops tf, Operand<T> x) {
    return tf.math.sub(constant(tf, 1, x.type()), x);
  }
}
