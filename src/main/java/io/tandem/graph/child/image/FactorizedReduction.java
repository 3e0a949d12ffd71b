package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.core.Constants;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Halves height and width without losing pixels (Pham et al. 2018): every second pixel, and every
 * second one of the image shifted by one row and one column, each through a 1 x 1 convolution to
 * half of the output channels, side by side, normalised.
 *
 * <p>Sizes are rounded up. What is shifted in at the end of an image of odd size is 0. An odd
 * number of output channels gives the shifted path one more.
 */
final class FactorizedReduction {
  private FactorizedReduction() {}

  /**
   * Its weights, in the order in which they are used.
   *
   * @param in input channels
   * @param out output channels, at least 2
   */
  static Parts parts(int in, int out) {
    int half = Math.floorDiv(out, 2);
    return new Parts(
            List.of(Part.kernel("kernel", 1, in, half), Part.kernel("shifted", 1, in, out - half)))
        .and(ImageLayers.norm(out));
  }

  /**
   * Adds it.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param x {@code [batch, height, width, in]}
   * @param size of {@code x}
   * @return {@code [batch, height, width, out]} of the halved size
   */
  static <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x, Resolution size) {
    Ops tf = layers.tf();
    Operand<T> plain = layers.convolution(layers.halved(x), weights.next());
    Operand<T> moved = layers.halved(shift(layers, x, size));
    Operand<T> shifted = layers.convolution(moved, weights.next());
    return layers.normalised(
        tf.concat(List.of(plain, shifted), layers.constants().scalar(3)), weights);
  }

  private static <T extends TNumber> Operand<T> shift(
      ImageLayers<T> layers, Operand<T> x, Resolution size) {
    Ops tf = layers.tf();
    Constants constants = layers.constants();
    Operand<T> rest = tf.slice(x, constants.vector(0, 1, 1, 0), constants.vector(-1, -1, -1, -1));
    int rows = size.height() % 2;
    int columns = size.width() % 2;
    if (rows == 0 && columns == 0) {
      return rest;
    }
    int[][] behind = {{0, 0}, {0, rows}, {0, columns}, {0, 0}};
    return tf.pad(rest, tf.constant(behind), tf.zeros(tf.constant(new int[0]), x.type()));
  }
}
