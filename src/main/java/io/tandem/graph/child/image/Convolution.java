package io.tandem.graph.child.image;

import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * 1 x 1 convolution, normalisation, rectification, then the same with larger kernels.
 *
 * @param size height and width of the larger kernels
 */
record Convolution(int size) implements ImageOperation {
  @Override
  public Parts parts(int filters) {
    return ImageLayers.mixing(filters)
        .and(new Parts(List.of(Part.kernel("kernel", size, filters, filters))))
        .and(ImageLayers.norm(filters));
  }

  @Override
  public <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
    Operand<T> mixed = layers.mixed(x, weights);
    return layers.rectified(layers.convolution(mixed, weights.next(), 1), weights);
  }
}
