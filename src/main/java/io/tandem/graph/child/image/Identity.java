package io.tandem.graph.child.image;

import io.tandem.graph.child.Parts;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** The input as it is; where height and width are halved, a {@link FactorizedReduction}. */
record Identity() implements BlockOperation {
  @Override
  public Parts parts(int filters, boolean halves) {
    return halves ? FactorizedReduction.parts(filters, filters) : new Parts(List.of());
  }

  @Override
  public <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x, Halving halving) {
    return halving.isCertain()
        ? FactorizedReduction.apply(layers, weights, x)
        : layers.tf().identity(x);
  }
}
