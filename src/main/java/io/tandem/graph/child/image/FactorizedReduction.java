package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.core.Scalars;
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
  // What is added around a 1 x 1 kernel in a 2 x 2 one.
  private static final int[][] FIRST_PIXEL = {{0, 1}, {0, 1}, {0, 0}, {0, 0}};
  private static final int[][] LAST_PIXEL = {{1, 0}, {1, 0}, {0, 0}, {0, 0}};

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
   * Adds it, as one 2 x 2 convolution of stride 2 whose kernel is 0 but at the first pixel, for the
   * plain half of the channels, and at the last, for the shifted half: the image is read once, and
   * no shifted copy of it is made.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param x {@code [batch, height, width, in]}
   * @return {@code [batch, height, width, out]} of the halved size
   */
  static <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
    Ops tf = layers.tf();
    Operand<T> zero = Scalars.of(tf, 0, x.type());
    Operand<T> plain = tf.pad(weights.next(), tf.constant(FIRST_PIXEL), zero);
    Operand<T> shifted = tf.pad(weights.next(), tf.constant(LAST_PIXEL), zero);
    Operand<T> kernel = tf.concat(List.of(plain, shifted), layers.constants().scalar(3));
    return layers.normalised(layers.convolution(x, kernel, 2), weights);
  }
}
