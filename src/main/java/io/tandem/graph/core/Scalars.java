package io.tandem.graph.core;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Scalars in a number type. */
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

  /**
   * Scalars as one vector, which may be empty.
   *
   * @param tf where it is added
   * @param scalars its components
   * @param type number type
   */
  public static <T extends TNumber> Operand<T> vector(
      Ops tf, List<Operand<T>> scalars, Class<T> type) {
    return scalars.isEmpty()
        ? tf.fill(tf.constant(new int[] {0}), of(tf, 0, type))
        : tf.stack(scalars);
  }

  /** {@code 1 - x}. */
  public static <T extends TNumber> Operand<T> complement(Ops tf, Operand<T> x) {
    return tf.math.sub(of(tf, 1, x.type()), x);
  }
}
