package io.tandem.graph.hypergradient;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.LazyBranches;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Arithmetic of the solvers, on vectors and on the few scalars that go along with them. */
final class Vectors {
  private Vectors() {}

  /** {@code a'b}, scalar. */
  static <T extends TNumber> Operand<T> dot(Ops tf, Operand<T> a, Operand<T> b) {
    return tf.reduceSum(tf.math.mul(a, b), tf.constant(0));
  }

  /** {@code a'a}, scalar. */
  static <T extends TNumber> Operand<T> square(Ops tf, Operand<T> a) {
    return tf.math.mul(Scalars.of(tf, 2, a.type()), tf.nn.l2Loss(a));
  }

  /** {@code a + factor · b}. */
  static <T extends TNumber> Operand<T> plus(
      Ops tf, Operand<T> a, Operand<T> factor, Operand<T> b) {
    return tf.math.add(a, tf.math.mul(factor, b));
  }

  /** One of two vectors, without a copy. */
  static <T extends TNumber> Operand<T> choose(
      Ops tf, Operand<TBool> condition, Operand<T> yes, Operand<T> no) {
    Operand<TInt32> index = tf.dtypes.cast(condition, TInt32.class);
    Operand<T> entered = LazyBranches.enter(tf, index, 2, 1, yes);
    return LazyBranches.select(tf, index, no, List.of(x -> x, x -> entered));
  }

  /** 1 where it holds and 0 elsewhere. */
  static <T extends TNumber> Operand<T> number(Ops tf, Operand<TBool> condition, Class<T> type) {
    return tf.dtypes.cast(condition, type);
  }

  /** {@code √(part / whole)}, 0 where there is no whole. */
  static <T extends TNumber> Operand<T> relativeNorm(Ops tf, Operand<T> part, Operand<T> whole) {
    return tf.math.sqrt(tf.math.divNoNan(part, whole));
  }
}
