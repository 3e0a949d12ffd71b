package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Twice: rectification, a convolution within every channel, a 1 x 1 convolution across them,
 * normalisation (Pham et al. 2018, after Zoph et al. 2018). The first one halves.
 *
 * @param size height and width of the kernels within a channel
 */
record TwiceSeparable(int size) implements BlockOperation {
  @Override
  public Parts parts(int filters, boolean halves) {
    return parts(filters, 0).and(parts(filters, 1));
  }

  @Override
  public Object kind() {
    return TwiceSeparable.class;
  }

  private Parts parts(int filters, int repeat) {
    return new Parts(
            List.of(
                Part.depthwise("depthwise" + repeat, size, filters),
                Part.kernel("pointwise" + repeat, 1, filters, filters)))
        .and(ImageLayers.norm(filters).under("norm" + repeat));
  }

  @Override
  public <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x, Halving halving) {
    return once(layers, weights, once(layers, weights, x, halving), Halving.of(false));
  }

  private static <T extends TNumber> Operand<T> once(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x, Halving halving) {
    Ops tf = layers.tf();
    Operand<T> within =
        halving.apply(
            tf,
            List.of(tf.nn.relu(x), weights.next()),
            (data, stride) -> layers.depthwise(data.get(0), data.get(1), stride));
    return layers.normalised(layers.convolution(within, weights.next()), weights);
  }
}
