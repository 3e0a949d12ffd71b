package io.tandem.graph.joint.policy;

import io.tandem.graph.controller.PartGradient;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * What an update of the controller needs of the parts of a gradient: norms, the cosine between the
 * direct gradient and the response, and their sum, of which the response is scaled down to a norm.
 *
 * @param <T> type of reals
 * @param statistics norm of direct and of response, their cosine, and whether all is finite (1 or
 *     0), {@code [4]}; the cosine is 0 if a norm is 0 or not finite
 * @param finite whether every number is finite, scalar
 * @param sum the sum, {@code [parameters]}
 */
record PolicyStep<T extends TNumber>(
    Operand<TFloat64> statistics, Operand<TBool> finite, Operand<T> sum) {
  /**
   * Adds the computation. Inner products are in float64: those of large gradients overflow float32.
   *
   * @param tf where it is added
   * @param parts {@code [P, columns]}
   * @param kinds which row is of which {@link PolicyPart.Kind}: 1 there, else 0; {@code [3, P]}
   * @param limit largest norm of the response
   * @param gradient knows the columns
   */
  static <T extends TNumber> PolicyStep<T> of(
      Ops tf, Operand<T> parts, Operand<TFloat64> kinds, double limit, PartGradient<T> gradient) {
    Operand<TFloat64> wide = tf.dtypes.cast(parts, TFloat64.class);
    Operand<TFloat64> products = tf.linalg.matMul(wide, wide, MatMul.transposeB(true)); // [P, P]
    Operand<TFloat64> byKind =
        tf.linalg.matMul(
            tf.linalg.matMul(kinds, products), kinds, MatMul.transposeB(true)); // [3, 3]
    Operand<TBool> finite = tf.math.isFinite(tf.reduceSum(byKind, tf.constant(new int[] {0, 1})));
    List<Operand<TFloat64>> inner =
        List.copyOf(tf.unstack(tf.reshape(byKind, tf.constant(new int[] {9})), 9L).output());
    Operand<TFloat64> zero = tf.constant(0.0);
    Operand<TFloat64> one = tf.constant(1.0);
    Operand<TFloat64> direct = tf.math.sqrt(inner.get(0));
    Operand<TFloat64> response = tf.math.sqrt(inner.get(4));
    Operand<TFloat64> product = tf.math.mul(direct, response);
    Operand<TBool> measured =
        tf.math.logicalAnd(tf.math.greater(product, zero), tf.math.isFinite(product));
    Operand<TFloat64> cosine = tf.select(measured, tf.math.div(inner.get(1), product), zero);
    Operand<TFloat64> bound = tf.constant(limit);
    Operand<TFloat64> factor =
        tf.select(tf.math.greater(response, bound), tf.math.div(bound, response), one);
    Operand<TFloat64> weights =
        tf.linalg.matMul(
            tf.reshape(tf.stack(List.of(one, factor, one)), tf.constant(new int[] {1, 3})),
            kinds); // [1, P]
    Class<T> type = parts.type();
    Operand<T> sum =
        gradient.inOrder(tf.linalg.matMul(tf.dtypes.cast(weights, type), parts)); // [1, parameters]
    return new PolicyStep<>(
        tf.stack(List.of(direct, response, cosine, tf.dtypes.cast(finite, TFloat64.class))),
        finite,
        tf.reshape(sum, tf.constant(new int[] {-1})));
  }
}
