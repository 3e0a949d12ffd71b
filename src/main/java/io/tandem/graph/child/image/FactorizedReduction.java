package io.tandem.graph.child.image;

import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Halves height and width without losing pixels (Pham et al. 2018): every second pixel, and every
 * second one of the image shifted by one row and one column, each through a 1 x 1 convolution to
 * half of the filters, side by side, normalised.
 *
 * <p>Sizes are rounded up. What is shifted in at the end of an image of odd size is 0. An odd
 * number of filters gives the shifted path one more.
 */
final class FactorizedReduction {
  private FactorizedReduction() {}

  /**
   * Its weights, in the order in which they are used.
   *
   * @param filters input and output channels, at least 2
   */
  static Parts parts(int filters) {
    int half = Math.floorDiv(filters, 2);
    return new Parts(
            List.of(
                Part.kernel("kernel", 1, filters, half),
                Part.kernel("shifted", 1, filters, filters - half)))
        .and(ImageLayers.norm(filters));
  }

  /** Height or width after a reduction. */
  static int halved(int size) {
    return Math.floorDiv(size + 1, 2);
  }

  /**
   * Adds it.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param x {@code [batch, height, width, filters]}
   * @param height of {@code x}
   * @param width of {@code x}
   * @return {@code [batch, halved(height), halved(width), filters]}
   */
  static <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x, int height, int width) {
    Ops tf = layers.tf();
    Operand<T> plain = layers.convolution(layers.halved(x), weights.next());
    Operand<T> moved = layers.halved(shift(tf, x, height, width));
    Operand<T> shifted = layers.convolution(moved, weights.next());
    return layers.normalised(tf.concat(List.of(plain, shifted), tf.constant(3)), weights);
  }

  private static <T extends TNumber> Operand<T> shift(Ops tf, Operand<T> x, int height, int width) {
    Operand<T> rest =
        tf.slice(x, tf.constant(new int[] {0, 1, 1, 0}), tf.constant(new int[] {-1, -1, -1, -1}));
    int rows = height % 2;
    int columns = width % 2;
    if (rows == 0 && columns == 0) {
      return rest;
    }
    int[][] behind = {{0, 0}, {0, rows}, {0, columns}, {0, 0}};
    return tf.pad(rest, tf.constant(behind), tf.zeros(tf.constant(new int[0]), x.type()));
  }
}
