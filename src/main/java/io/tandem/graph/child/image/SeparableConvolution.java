package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * A convolution within every channel, a 1 x 1 convolution across them, normalisation and
 * rectification (Chollet 2017).
 *
 * @param size height and width of the kernels within a channel
 */
record SeparableConvolution(int size) implements ImageOperation {
  @Override
  public Parts parts(int filters) {
    return new Parts(
            List.of(
                Part.depthwise("depthwise", size, filters),
                Part.kernel("pointwise", 1, filters, filters)))
        .and(ImageLayers.norm(filters));
  }

  @Override
  public <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
    Operand<T> within = layers.depthwise(x, weights.next(), 1);
    return layers.rectified(layers.convolution(within, weights.next()), weights);
  }
}
