package io.tandem.graph.child.image;

import io.tandem.graph.core.Scalars;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Normalisation by given means and variances: those that moved along with the training, for
 * predictions that do not depend on the other rows of a batch.
 *
 * @param <T> type of reals
 */
public final class MovingStatistics<T extends TNumber> implements Normalisation<T> {
  private final Iterator<Operand<T>> given;

  /**
   * Takes the statistics.
   *
   * @param given mean and variance of every normalisation, in order
   */
  MovingStatistics(List<Operand<T>> given) {
    this.given = List.copyOf(given).iterator();
  }

  /**
   * A statistic after a batch: the exponential moving average {@code m·old + (1 - m)·batch}.
   *
   * @param tf where it is added
   * @param old mean or variance before
   * @param batch that of the batch, from {@link io.tandem.graph.child.Network.TrainingPass}
   * @param momentum {@code m}, the share that stays, in [0, 1); 0.9 in the published code of ENAS
   */
  public static <T extends TNumber> Operand<T> moved(
      Ops tf, Operand<T> old, Operand<T> batch, double momentum) {
    return tf.math.add(
        tf.math.mul(old, Scalars.of(tf, momentum, old.type())),
        tf.math.mul(batch, Scalars.of(tf, 1 - momentum, old.type())));
  }

  @Override
  public Operand<T> apply(Ops tf, Operand<T> x, Operand<T> scale, Operand<T> offset) {
    Operand<T> mean = given.next();
    Operand<T> variance = given.next();
    Operand<T> shifted = tf.math.add(variance, Scalars.of(tf, EPSILON, x.type()));
    Operand<T> factor = tf.math.mul(scale, tf.math.rsqrt(shifted));
    // Two operations over the pixels instead of three.
    Operand<T> constant = tf.math.sub(offset, tf.math.mul(mean, factor));
    return tf.math.add(tf.math.mul(x, factor), constant);
  }
}
