package io.tandem.graph.hypergradient.reversible;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * Multiplication of integers by {@code n/d}, {@code d = 2^16}, without loss: the remainder of the
 * division goes to an information buffer, and the room that the multiplication by {@code n} leaves
 * is filled from it (Maclaurin et al. 2015, algorithm 3). The buffer holds one number per value, in
 * mixed radix, and grows by {@code log2(d/n)} bits.
 */
final class Rational {
  static final int SHIFT = 16;
  static final long DENOMINATOR = 1L << SHIFT;

  private Rational() {}

  /**
   * Values with their buffer.
   *
   * @param value integers of any sign
   * @param buffer as many, not negative
   */
  record Exact(Operand<TInt64> value, Operand<TInt64> buffer) {}

  /**
   * Multiplies.
   *
   * @param tf where it is added
   * @param exact values with their buffer, which has to be below {@code 2^47}
   * @param numerator n, scalar, 1..d
   */
  static Exact multiply(Ops tf, Exact exact, Operand<TInt64> numerator) {
    Operand<TInt64> shift = tf.constant((long) SHIFT);
    Operand<TInt64> mask = tf.constant(DENOMINATOR - 1);
    // An arithmetic shift is the floor of the division, and the mask its remainder.
    Operand<TInt64> quotient = tf.bitwise.rightShift(exact.value(), shift);
    Operand<TInt64> remainder = tf.bitwise.bitwiseAnd(exact.value(), mask);
    Operand<TInt64> pushed =
        tf.bitwise.bitwiseOr(tf.bitwise.leftShift(exact.buffer(), shift), remainder);
    Operand<TInt64> rest = tf.math.truncateDiv(pushed, numerator);
    // quotient * n + (pushed mod n), with pushed mod n = pushed - rest * n.
    Operand<TInt64> difference = tf.math.sub(quotient, rest);
    return new Exact(tf.math.add(tf.math.mul(difference, numerator), pushed), rest);
  }

  /**
   * Undoes {@link #multiply}.
   *
   * @param tf where it is added
   * @param exact values with their buffer after the multiplication
   * @param numerator n of the multiplication
   */
  static Exact divide(Ops tf, Exact exact, Operand<TInt64> numerator) {
    Operand<TInt64> shift = tf.constant((long) SHIFT);
    Operand<TInt64> mask = tf.constant(DENOMINATOR - 1);
    Operand<TInt64> popped = tf.math.floorMod(exact.value(), numerator);
    Operand<TInt64> quotient = tf.math.truncateDiv(tf.math.sub(exact.value(), popped), numerator);
    Operand<TInt64> pushed = tf.math.add(tf.math.mul(exact.buffer(), numerator), popped);
    Operand<TInt64> remainder = tf.bitwise.bitwiseAnd(pushed, mask);
    return new Exact(
        tf.bitwise.bitwiseOr(tf.bitwise.leftShift(quotient, shift), remainder),
        tf.bitwise.rightShift(pushed, shift));
  }
}
