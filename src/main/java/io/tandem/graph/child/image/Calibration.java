package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * Brings an input of a cell to the cell's channels and size: rectification, 1 x 1 convolution,
 * normalisation; where there was a reduction in between, a {@link FactorizedReduction} in place of
 * the convolution.
 *
 * @param input the input
 * @param filters output channels
 * @param halves whether height and width are halved
 */
record Calibration(CellShape.Given input, int filters, boolean halves) {
  /** Its weights, in the order in which they are used. */
  Parts parts() {
    return halves
        ? FactorizedReduction.parts(input.filters(), filters)
        : new Parts(List.of(Part.kernel("kernel", 1, input.filters(), filters)))
            .and(ImageLayers.norm(filters));
  }

  /**
   * Adds it.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param x the input {@code [batch, height, width, channels]}
   * @return {@code [batch, height, width, filters]}, of the halved size if it halves
   */
  <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
    Operand<T> rectified = layers.tf().nn.relu(x);
    return halves
        ? FactorizedReduction.apply(layers, weights, rectified)
        : layers.normalised(layers.convolution(rectified, weights.next()), weights);
  }
}
