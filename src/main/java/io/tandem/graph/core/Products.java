package io.tandem.graph.core;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.family.TNumber;

/** The matrix products of networks: what {@link Precision} is about. */
public final class Products {
  private Products() {}

  /**
   * A matrix product, and with it its derivatives.
   *
   * <p>The graph optimizer's own passes for reduced precision are not used: one works on CPUs only,
   * the other turns to float16 on GPUs, and neither says when it does nothing.
   *
   * @param tf where it is added
   * @param left {@code [n, k]}
   * @param right {@code [k, m]}
   * @param precision of the factors; the product comes back in the type of the factors
   */
  public static <T extends TNumber> Operand<T> of(
      Ops tf, Operand<T> left, Operand<T> right, Precision precision) {
    return of(tf, left, right, precision, false, false);
  }

  /**
   * A product with a transposed matrix.
   *
   * @param tf where it is added
   * @param left {@code [n, k]}
   * @param right {@code [m, k]}
   * @param precision of the factors; the product comes back in the type of the factors
   */
  public static <T extends TNumber> Operand<T> ofTransposed(
      Ops tf, Operand<T> left, Operand<T> right, Precision precision) {
    return of(tf, left, right, precision, false, true);
  }

  /**
   * A product of a transposed matrix.
   *
   * @param tf where it is added
   * @param left {@code [k, n]}
   * @param right {@code [k, m]}
   * @param precision of the factors; the product comes back in the type of the factors
   */
  public static <T extends TNumber> Operand<T> transposedOf(
      Ops tf, Operand<T> left, Operand<T> right, Precision precision) {
    return of(tf, left, right, precision, true, false);
  }

  private static <T extends TNumber> Operand<T> of(
      Ops tf,
      Operand<T> left,
      Operand<T> right,
      Precision precision,
      boolean leftTransposed,
      boolean rightTransposed) {
    MatMul.Options[] options = {
      MatMul.transposeA(leftTransposed), MatMul.transposeB(rightTransposed)
    };
    return switch (precision) {
      case FLOAT32 -> tf.linalg.matMul(left, right, options);
      case BFLOAT16 ->
          tf.dtypes.cast(
              tf.linalg.matMul(
                  tf.dtypes.cast(left, TBfloat16.class),
                  tf.dtypes.cast(right, TBfloat16.class),
                  options),
              left.type());
    };
  }
}
