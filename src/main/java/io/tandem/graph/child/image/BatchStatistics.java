package io.tandem.graph.child.image;

import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Normalisation by mean and variance of the batch, in training and throughout a search. In float32
 * by TensorFlow's fused operation; that has no float64, where elementary ones do the same.
 *
 * @param <T> type of reals
 */
final class BatchStatistics<T extends TNumber> implements Normalisation<T> {
  private static final int[] PIXELS = {0, 1, 2};

  private final List<Operand<T>> seen = new ArrayList<>();
  private @Nullable Operand<T> none;

  /**
   * Mean and variance {@code [channels]} of every normalisation so far, in order. The variance is
   * the unbiased one, with {@code n - 1} for the {@code n} values of a channel.
   */
  List<Operand<T>> seen() {
    return List.copyOf(seen);
  }

  @Override
  public Operand<T> apply(Ops tf, Operand<T> x, Operand<T> scale, Operand<T> offset) {
    return x.type().equals(TFloat32.class)
        ? fused(tf, x, scale, offset)
        : elementary(tf, x, scale, offset);
  }

  private Operand<T> fused(Ops tf, Operand<T> x, Operand<T> scale, Operand<T> offset) {
    if (none == null) {
      none = tf.fill(tf.constant(new int[] {0}), Scalars.of(tf, 0, x.type()));
    }
    FusedBatchNorm<T, T> norm =
        tf.nn.fusedBatchNorm(
            x,
            scale,
            offset,
            none,
            none,
            FusedBatchNorm.epsilon((float) EPSILON),
            FusedBatchNorm.isTraining(true));
    seen.add(norm.batchMean());
    seen.add(norm.batchVariance());
    return norm.y();
  }

  private Operand<T> elementary(Ops tf, Operand<T> x, Operand<T> scale, Operand<T> offset) {
    Operand<T> mean = tf.math.mean(x, tf.constant(PIXELS));
    Operand<T> centred = tf.math.sub(x, mean);
    Operand<T> variance = tf.math.mean(tf.math.square(centred), tf.constant(PIXELS));
    seen.add(mean);
    Operand<T> count = tf.dtypes.cast(tf.math.div(tf.size(x), tf.size(scale)), x.type());
    Operand<T> one = Scalars.of(tf, 1, x.type());
    Operand<T> others = tf.math.maximum(tf.math.sub(count, one), one);
    seen.add(tf.math.mul(variance, tf.math.div(count, others)));
    Operand<T> shifted = tf.math.add(variance, Scalars.of(tf, EPSILON, x.type()));
    Operand<T> factor = tf.math.mul(scale, tf.math.rsqrt(shifted));
    return tf.math.add(tf.math.mul(centred, factor), offset);
  }
}
