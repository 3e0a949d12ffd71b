package io.tandem.graph.child;

import io.tandem.graph.core.Scalars;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Dropout whose rate can be differentiated: the concrete relaxation of the mask (Gal, Hron and
 * Kendall 2017, equation 5) with its uniform noise held fixed by the seed, scaled so that the
 * expectation stays nearly the same, as in {@link Dropout}.
 */
public final class ConcreteDropout {
  private static final double TEMPERATURE = 0.1;
  // Keeps the logarithms of the noise finite in float32.
  private static final double MARGIN = 1e-6;

  private ConcreteDropout() {}

  /**
   * Applies dropout.
   *
   * @param tf where the ops are added
   * @param x any shape
   * @param rate scalar, probability of a zero, in (0, 1)
   * @param seed {@code [2]}; decides the noise together with the shape, bit for bit
   * @return the same shape
   */
  public static <T extends TNumber> Operand<T> apply(
      Ops tf, Operand<T> x, Operand<T> rate, Operand<TInt64> seed) {
    Operand<T> one = Scalars.of(tf, 1, x.type());
    Operand<T> draw = tf.random.statelessRandomUniform(tf.shape(x), seed, x.type());
    Operand<T> inside = tf.math.mul(draw, Scalars.of(tf, 1 - 2 * MARGIN, x.type()));
    // The shape hangs on x: without the stop, gradients would be sought through the draw.
    Operand<T> noise =
        tf.stopGradient(logit(tf, tf.math.add(inside, Scalars.of(tf, MARGIN, x.type())), one));
    Operand<T> score = tf.math.add(logit(tf, rate, one), noise);
    Operand<T> dropped = tf.math.sigmoid(tf.math.div(score, Scalars.of(tf, TEMPERATURE, x.type())));
    Operand<T> keep = tf.math.div(tf.math.sub(one, dropped), tf.math.sub(one, rate));
    return tf.math.mul(x, keep);
  }

  private static <T extends TNumber> Operand<T> logit(Ops tf, Operand<T> share, Operand<T> one) {
    return tf.math.sub(tf.math.log(share), tf.math.log(tf.math.sub(one, share)));
  }
}
