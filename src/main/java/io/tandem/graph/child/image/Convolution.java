package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * Convolution, normalisation, rectification.
 *
 * @param size height and width of the kernels
 */
record Convolution(int size) implements ImageOperation {
  @Override
  public Parts parts(int filters) {
    return new Parts(List.of(Part.kernel("kernel", size, filters, filters)))
        .and(ImageLayers.norm(filters));
  }

  @Override
  public <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
    return layers.rectified(layers.convolution(x, weights.next()), weights);
  }
}
