package io.tandem.graph.child.image;

import io.tandem.graph.child.Parts;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of every window, stride 1, or 2 where it halves.
 *
 * @param size height and width of the window; what lies beyond the image does not count
 */
record AveragePooling(int size) implements ImageOperation, BlockOperation {
  @Override
  public Parts parts(int filters) {
    return new Parts(List.of());
  }

  @Override
  public <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
    return layers.averagePool(x, size, 1);
  }

  @Override
  public Parts parts(int filters, boolean halves) {
    return parts(filters);
  }

  @Override
  public <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x, Halving halving) {
    return halving.apply(
        layers.tf(), List.of(x), (data, stride) -> layers.averagePool(data.get(0), size, stride));
  }
}
