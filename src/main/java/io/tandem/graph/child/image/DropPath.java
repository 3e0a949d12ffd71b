package io.tandem.graph.child.image;

import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Scalars;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Scheduled drop-path (Larsson et al. 2017; Zoph et al. 2018): for every image of a batch the value
 * of an operation of a cell is left out as a whole with a probability, and the others are scaled up
 * so that the expectation stays. The probability grows linearly with the depth of the cell and with
 * the training (Pham et al. 2018, published code).
 *
 * @param <T> type of reals
 */
final class DropPath<T extends TNumber> {
  private static final long STREAM = 1L << 41;

  private final Ops tf;
  private final @Nullable Operand<T> rate;
  private final @Nullable Operand<TInt32> masks;
  private final @Nullable Operand<TInt64> seed;
  private final int first;

  private DropPath(
      Ops tf,
      @Nullable Operand<T> rate,
      @Nullable Operand<TInt32> masks,
      @Nullable Operand<TInt64> seed,
      int first) {
    this.tf = tf;
    this.rate = rate;
    this.masks = masks;
    this.seed = seed;
    this.first = first;
  }

  /**
   * That of a cell.
   *
   * @param tf where it is added
   * @param last rate in the last cell at the end of the training, in [0, 1)
   * @param noise seed and progress; null where nothing is left out
   * @param images a tensor with an image a row
   * @param cell number of the cell, from 0
   * @param cells of the network
   * @param values of a cell
   */
  static <T extends TNumber> DropPath<T> of(
      Ops tf,
      double last,
      @Nullable TrainingNoise<T> noise,
      Operand<T> images,
      int cell,
      int cells,
      int values) {
    if (noise == null || last == 0) {
      return new DropPath<>(tf, null, null, null, 0);
    }
    double here = last * (cell + 1) / cells;
    Operand<TInt32> batch =
        tf.slice(tf.shape(images), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return new DropPath<>(
        tf,
        tf.math.mul(noise.progress(), Scalars.of(tf, here, images.type())),
        tf.concat(java.util.List.of(batch, tf.constant(new int[] {1, 1, 1})), tf.constant(0)),
        noise.seed(),
        cell * values);
  }

  /**
   * A value as it is left.
   *
   * @param value {@code [batch, height, width, channels]}
   * @param number of the value in its cell; decides the mask with the cell and the seed
   * @param exposed scalar, 1, or 0 for what must not be left out; null is 1
   */
  Operand<T> apply(Operand<T> value, int number, @Nullable Operand<T> exposed) {
    if (rate == null || masks == null || seed == null) {
      return value;
    }
    Operand<T> one = Scalars.of(tf, 1, value.type());
    Operand<T> keep = tf.math.sub(one, exposed == null ? rate : tf.math.mul(rate, exposed));
    Operand<TInt64> own = tf.math.add(seed, tf.constant(new long[] {0, STREAM + first + number}));
    Operand<T> draw = tf.random.statelessRandomUniform(masks, own, value.type());
    // The form of the masks hangs on the images: without the stop, gradients would be sought there.
    Operand<T> factor = tf.stopGradient(tf.math.div(tf.math.floor(tf.math.add(draw, keep)), keep));
    return tf.math.mul(value, factor);
  }
}
