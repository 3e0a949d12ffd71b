package io.tandem.graph.child.text;

import io.tandem.graph.child.ConcreteDropout;
import io.tandem.graph.child.Dropout;
import io.tandem.graph.core.Scalars;
import io.tandem.space.Hyperparameter;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Masks of variational dropout (Gal and Ghahramani 2016): one for all time steps of a window,
 * scaled so that the expectation stays.
 *
 * @param <T> type of reals
 */
final class Masks<T extends TNumber> {
  // The relaxed mask has no derivative at 0.
  private static final double LEAST = 1e-6;

  private final Ops tf;
  private final Class<T> type;
  private final @Nullable WindowNoise<T> noise;

  Masks(Ops tf, Class<T> type, @Nullable WindowNoise<T> noise) {
    this.tf = tf;
    this.type = type;
    this.noise = noise;
  }

  /**
   * A mask.
   *
   * @param place whose mask it is, one of {@link Hyperparameter#dropouts}
   * @param rate of the space, at strength 1, in [0, 1)
   * @param shape of the mask
   * @return in that shape; null where nothing is dropped
   */
  @Nullable Operand<T> of(Hyperparameter place, double rate, Operand<TInt32> shape) {
    if (noise == null) {
      return null;
    }
    Operand<T> ofSpace =
        noise.strength() == null || rate == 0
            ? null
            : tf.math.mul(noise.strength(), Scalars.of(tf, rate, type));
    Operand<T> now = noise.sum(tf, place, ofSpace);
    if (now == null) {
      return null;
    }
    // Every place has a stream of the seed.
    long stream = 1L + Hyperparameter.dropouts().indexOf(place);
    Operand<TInt64> seed = tf.math.add(noise.seed(), tf.constant(new long[] {0, stream << 40}));
    Operand<T> ones = tf.fill(shape, Scalars.of(tf, 1, type));
    return noise.searched()
        ? ConcreteDropout.apply(tf, ones, tf.math.maximum(now, Scalars.of(tf, LEAST, type)), seed)
        : Dropout.apply(tf, ones, now, seed);
  }
}
