package io.tandem.graph.child.image;

import java.util.Iterator;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * 1 x 1 convolution, normalisation, rectification, then the maximum of every window, stride 1.
 *
 * @param size height and width of the window; what lies beyond the image does not count
 */
record MaxPooling(int size) implements ImageOperation {
  @Override
  public Parts parts(int filters) {
    return ImageLayers.mixing(filters);
  }

  @Override
  public <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
    return layers.maxPool(layers.mixed(x, weights), size);
  }
}
