package io.tandem.graph.hypergradient.reversible;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Reals as 64-bit integers in units of {@code 2^-52}, hence between -2048 and 2048. Reals enter by
 * truncation toward zero.
 */
final class FixedPoint {
  /** Units in 1. */
  static final double RADIX = 0x1p52;

  /** Reals of this size and above do not fit. */
  static final double LIMIT = 2048;

  private FixedPoint() {}

  /** The integer of a real. */
  static long encode(double value) {
    return (long) (value * RADIX);
  }

  /** The real of an integer. */
  static double decode(long value) {
    return value / RADIX;
  }

  /** The reals of integers, rounded to the type. */
  static <T extends TNumber> Operand<T> decode(Ops tf, Operand<TInt64> integers, Class<T> type) {
    Operand<T> unit = tf.dtypes.cast(tf.constant(1 / RADIX), type);
    return tf.math.mul(tf.dtypes.cast(integers, type), unit);
  }

  /** The integers as they are, as reals. */
  static Operand<TFloat64> units(Ops tf, Operand<TInt64> integers) {
    return tf.dtypes.cast(integers, TFloat64.class);
  }

  /** Truncates reals that count units. */
  static Operand<TInt64> truncate(Ops tf, Operand<? extends TNumber> units) {
    return tf.dtypes.cast(units, TInt64.class);
  }

  /**
   * A check of a sum for overflow: half the sum of squares of what separates integers from the
   * reals that they should be, both in units. Rounding keeps it below {@link #LARGEST_MISS}; a sum
   * that has wrapped around misses by {@code 2^64}, and a value that is not a number gives NaN.
   */
  static Operand<TFloat64> miss(Ops tf, Operand<TFloat64> units, Operand<TFloat64> expected) {
    return tf.nn.l2Loss(tf.math.sub(units, expected));
  }

  /** More than rounding can amount to in any array, less than one overflow. */
  static final double LARGEST_MISS = 0x1p100;
}
