package io.tandem.graph.input;

import io.tandem.graph.core.Scalars;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Moves, reflects and blanks training images at random, each in its own way.
 *
 * <p>A move is a product with a band matrix of bilinear weights, which is differentiable in the
 * strength; with a fixed strength the moves are rounded to whole pixels, which is the published
 * pad-and-crop. Reflection rides on the same product. The blanked square fades with the strength.
 *
 * @param settings what is done
 * @param height rows of pixels
 * @param width pixels of a row
 * @param channels values of a pixel
 * @param searched whether the strength is to be differentiated; otherwise moves are whole pixels
 */
public record Augmentation(
    AugmentationSettings settings, int height, int width, int channels, boolean searched) {
  private static final int VERTICAL = 1;
  private static final int HORIZONTAL = 2;
  private static final int FLIP = 3;
  private static final int CUT_ROW = 4;
  private static final int CUT_COLUMN = 5;

  /**
   * Changes a batch.
   *
   * @param tf where the operations are added
   * @param images normalised, {@code [batch, height, width, channels]}
   * @param strength scalar, at least 0; 1 gives what the settings say
   * @param seed int64 {@code [2]}; decides all draws, bit for bit
   * @return the same shape
   */
  public <T extends TNumber> Operand<T> apply(
      Ops tf, Operand<T> images, Operand<T> strength, Operand<TInt64> seed) {
    Operand<T> result = images;
    if (settings.shift() > 0 || settings.flip()) {
      result = moved(tf, result, strength, seed);
    }
    if (settings.cutout() > 0) {
      result = blanked(tf, result, strength, seed);
    }
    return result;
  }

  private <T extends TNumber> Operand<T> moved(
      Ops tf, Operand<T> images, Operand<T> strength, Operand<TInt64> seed) {
    Class<T> type = images.type();
    Operand<T> result = images;
    if (settings.shift() > 0) {
      Operand<T> sources = sources(tf, images, strength, seed, VERTICAL, height);
      result = product(tf, weights(tf, sources, height, type), result, height, width);
    }
    Operand<T> sources = sources(tf, images, strength, seed, HORIZONTAL, width);
    if (settings.flip()) {
      // 1 keeps the order of the columns, -1 turns it round: j becomes width - 1 - j.
      Operand<T> half = Scalars.of(tf, 0.5, type);
      Operand<T> sign = tf.math.sign(tf.math.sub(draw(tf, images, seed, FLIP), half));
      Operand<T> middle = Scalars.of(tf, (width - 1) / 2.0, type);
      sources =
          tf.math.add(
              tf.math.mul(tf.math.sub(sources, middle), tf.stopGradient(column(tf, sign))), middle);
    }
    Operand<TInt32> swap = tf.constant(new int[] {0, 2, 1, 3});
    Operand<T> turned = tf.linalg.transpose(result, swap);
    turned = product(tf, weights(tf, sources, width, type), turned, width, height);
    return tf.linalg.transpose(turned, swap);
  }

  /** Where each of {@code size} rows or columns comes from, {@code [batch, size]}. */
  private <T extends TNumber> Operand<T> sources(
      Ops tf, Operand<T> images, Operand<T> strength, Operand<TInt64> seed, int purpose, int size) {
    Class<T> type = images.type();
    Operand<T> targets = numbers(tf, size, type);
    Operand<T> one = Scalars.of(tf, 1, type);
    Operand<T> draw = draw(tf, images, seed, purpose);
    Operand<T> even = tf.math.sub(tf.math.add(draw, draw), one);
    Operand<T> most = tf.math.mul(strength, Scalars.of(tf, settings.shift(), type));
    Operand<T> offsets;
    if (searched) {
      offsets = tf.math.mul(even, most);
    } else {
      // Each of the 2 shift + 1 whole moves is as likely as any other.
      Operand<T> reach = tf.math.add(most, Scalars.of(tf, 0.4999, type));
      offsets = tf.stopGradient(tf.math.rint(tf.math.mul(even, reach)));
    }
    return tf.math.add(targets, column(tf, offsets));
  }

  /** Bilinear weights {@code [batch, size, size]} of the sources, 0 beyond the border. */
  private static <T extends TNumber> Operand<T> weights(
      Ops tf, Operand<T> sources, int size, Class<T> type) {
    Operand<T> pixels = tf.expandDims(numbers(tf, size, type), tf.constant(1));
    Operand<T> distance = tf.math.abs(tf.math.sub(tf.expandDims(sources, tf.constant(2)), pixels));
    return tf.nn.relu(tf.math.sub(Scalars.of(tf, 1, type), distance));
  }

  /** Multiplies the first dimension of every image by its own matrix. */
  private <T extends TNumber> Operand<T> product(
      Ops tf, Operand<T> matrices, Operand<T> images, int rows, int columns) {
    Operand<T> flat = tf.reshape(images, tf.constant(new int[] {-1, rows, columns * channels}));
    Operand<T> product = tf.train.batchMatMul(matrices, flat, images.type());
    return tf.reshape(product, tf.constant(new int[] {-1, rows, columns, channels}));
  }

  private <T extends TNumber> Operand<T> blanked(
      Ops tf, Operand<T> images, Operand<T> strength, Operand<TInt64> seed) {
    Operand<T> rows = inside(tf, images, seed, CUT_ROW, height);
    Operand<T> columns = inside(tf, images, seed, CUT_COLUMN, width);
    Operand<T> square =
        tf.stopGradient(
            tf.math.mul(
                tf.reshape(rows, tf.constant(new int[] {-1, height, 1, 1})),
                tf.reshape(columns, tf.constant(new int[] {-1, 1, width, 1}))));
    Operand<T> one = Scalars.of(tf, 1, images.type());
    Operand<T> fade = tf.math.minimum(strength, one);
    return tf.math.mul(images, tf.math.sub(one, tf.math.mul(square, fade)));
  }

  /** 1 for the rows or columns that the square covers, {@code [batch, size]}. */
  private <T extends TNumber> Operand<T> inside(
      Ops tf, Operand<T> images, Operand<TInt64> seed, int purpose, int size) {
    Class<T> type = images.type();
    // The centre is a pixel; a square of even side reaches one pixel further up and left.
    Operand<T> centres =
        tf.math.floor(tf.math.mul(draw(tf, images, seed, purpose), Scalars.of(tf, size, type)));
    double lower = Math.floorDiv(settings.cutout(), 2);
    Operand<T> first = tf.math.sub(centres, Scalars.of(tf, lower, type));
    Operand<T> steps = tf.math.sub(numbers(tf, size, type), column(tf, first));
    Operand<T> zero = Scalars.of(tf, 0, type);
    return tf.dtypes.cast(
        tf.math.logicalAnd(
            tf.math.greaterEqual(steps, zero),
            tf.math.less(steps, Scalars.of(tf, settings.cutout(), type))),
        type);
  }

  /** 0, 1, ..., as {@code [1, size]}. */
  private static <T extends TNumber> Operand<T> numbers(Ops tf, int size, Class<T> type) {
    Operand<TInt32> count = tf.range(tf.constant(0), tf.constant(size), tf.constant(1));
    return tf.expandDims(tf.dtypes.cast(count, type), tf.constant(0));
  }

  /** A number in [0, 1) for every image. */
  private static <T extends TNumber> Operand<T> draw(
      Ops tf, Operand<T> images, Operand<TInt64> seed, int purpose) {
    Operand<TInt64> own = tf.math.add(seed, tf.constant(new long[] {purpose, 0}));
    Operand<TInt32> batch =
        tf.slice(tf.shape(images), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return tf.stopGradient(tf.random.statelessRandomUniform(batch, own, images.type()));
  }

  private static <T extends TNumber> Operand<T> column(Ops tf, Operand<T> vector) {
    return tf.expandDims(vector, tf.constant(1));
  }
}
