package io.tandem.graph.child.image;

import io.tandem.graph.child.Parts;
import io.tandem.space.ConvolutionOperation;
import java.util.Iterator;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * What a layer does to its input, once that is {@linkplain ImageLayers#mixed mixed}, with weights
 * of its own; sizes stay.
 */
interface ImageOperation {
  /**
   * Its weights, in the order in which they are used.
   *
   * @param filters input and output channels
   */
  Parts parts(int filters);

  /**
   * Adds it.
   *
   * @param layers what it is made of
   * @param weights of {@link #parts}, which it takes
   * @param x {@code [batch, height, width, filters]}
   * @return the same shape
   */
  <T extends TNumber> Operand<T> apply(
      ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x);

  /**
   * Weights of a layer: those of the mixing, then the operation's.
   *
   * @param operation its operation
   * @param filters channels
   */
  static Parts layer(ConvolutionOperation operation, int filters) {
    return ImageLayers.mixing(filters).and(of(operation).parts(filters));
  }

  /** The operation of a space's name for it. */
  static ImageOperation of(ConvolutionOperation operation) {
    return switch (operation) {
      case CONV_3X3, CONV_5X5 -> new Convolution(operation.size());
      case SEPARABLE_3X3, SEPARABLE_5X5 -> new SeparableConvolution(operation.size());
      case AVERAGE_POOL_3X3 -> new AveragePooling(operation.size());
      case MAX_POOL_3X3 -> new MaxPooling(operation.size());
    };
  }
}
