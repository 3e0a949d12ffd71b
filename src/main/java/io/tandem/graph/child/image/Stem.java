package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** The first layer: 3 x 3 convolution of the image, normalised. */
final class Stem {
  private static final int SIZE = 3;

  private Stem() {}

  /** Its weights, in the order in which they are used. */
  static Parts parts(int channels, int filters) {
    return new Parts(List.of(Part.kernel("kernel", SIZE, channels, filters)))
        .and(ImageLayers.norm(filters));
  }

  /**
   * Adds it.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param image {@code [batch, height, width, channels]}
   * @return {@code [batch, height, width, filters]}
   */
  static <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> image) {
    return layers.normalised(layers.convolution(image, weights.next()), weights);
  }
}
