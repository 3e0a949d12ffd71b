package io.tandem.graph.child.text;

import io.tandem.graph.child.ConcreteDropout;
import io.tandem.graph.child.Dropout;
import io.tandem.graph.core.Scalars;
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
  // Streams of the seed: one for each place.
  static final int EMBEDDING = 1;
  static final int INPUT = 2;
  static final int STATE = 3;
  static final int OUTPUT = 4;

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
   * @param place whose mask it is
   * @param rate at strength 1, in [0, 1)
   * @param shape of the mask
   * @return in that shape; null where nothing is dropped
   */
  @Nullable Operand<T> of(int place, double rate, Operand<TInt32> shape) {
    if (noise == null || noise.strength() == null || rate == 0) {
      return null;
    }
    Operand<T> now = tf.math.mul(noise.strength(), Scalars.of(tf, rate, type));
    Operand<TInt64> seed =
        tf.math.add(noise.seed(), tf.constant(new long[] {0, (long) place << 40}));
    Operand<T> ones = tf.fill(shape, Scalars.of(tf, 1, type));
    return noise.searched()
        ? ConcreteDropout.apply(tf, ones, tf.math.maximum(now, Scalars.of(tf, LEAST, type)), seed)
        : Dropout.apply(tf, ones, now, seed);
  }
}
