package io.tandem.graph.child;

import io.tandem.graph.core.Scalars;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Inverted dropout (Srivastava et al. 2014): zeroes each element with a probability and scales the
 * others up, so that the expectation stays.
 */
public final class Dropout {
  private Dropout() {}

  /**
   * Applies dropout.
   *
   * @param tf where the ops are added
   * @param x any shape
   * @param rate scalar, probability of a zero, in [0, 1)
   * @param seed {@code [2]}; decides the mask together with the shape, bit for bit
   * @return the same shape
   */
  public static <T extends TNumber> Operand<T> apply(
      Ops tf, Operand<T> x, Operand<T> rate, Operand<TInt64> seed) {
    Operand<T> uniform = tf.random.statelessRandomUniform(tf.shape(x), seed, x.type());
    // The shape hangs on x: without the stop, gradients would be sought through the draw.
    Operand<T> mask =
        tf.stopGradient(tf.dtypes.cast(tf.math.greaterEqual(uniform, rate), x.type()));
    Operand<T> scale = tf.math.div(mask, tf.math.sub(Scalars.of(tf, 1, x.type()), rate));
    return tf.math.mul(x, scale);
  }
}
