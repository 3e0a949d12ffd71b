package io.tandem.graph.child.image;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.core.Constants;
import io.tandem.graph.core.Precision;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.family.TNumber;

/**
 * What operations of image networks are made of. Images are {@code [batch, height, width,
 * channels]}; windows that reach beyond an image see zeros there, or in pooling nothing.
 *
 * @param <T> type of reals
 * @param tf where nodes are added
 * @param normalisation where means and variances come from
 * @param precision number format of the convolutions, except depthwise ones, whose arithmetic is
 *     small
 * @param constants whole numbers in the graph
 */
record ImageLayers<T extends TNumber>(
    Ops tf, Normalisation<T> normalisation, Precision precision, Constants constants) {
  private static final String SAME = "SAME";

  /** With constants of its own. */
  ImageLayers(Ops tf, Normalisation<T> normalisation, Precision precision) {
    this(tf, normalisation, precision, new Constants(tf));
  }

  /**
   * A convolution.
   *
   * @param x image
   * @param kernel {@code [size, size, in, out]}
   */
  Operand<T> convolution(Operand<T> x, Operand<T> kernel) {
    return convolution(x, kernel, 1);
  }

  /**
   * A convolution of every pixel, or of every second pixel of every second row. In TensorFlow 2.18
   * with oneDNN the derivative of a 1 x 1 convolution of stride 2 writes beyond its memory where
   * there are few channels; larger kernels are safe.
   *
   * @param x image
   * @param kernel {@code [size, size, in, out]}, of size 2 at least where the stride is 2
   * @param stride 1 or 2
   */
  Operand<T> convolution(Operand<T> x, Operand<T> kernel, int stride) {
    List<Long> strides = square(stride);
    return switch (precision) {
      case FLOAT32 -> tf.nn.conv2d(x, kernel, strides, SAME);
      case BFLOAT16 ->
          tf.dtypes.cast(
              tf.nn.conv2d(
                  tf.dtypes.cast(x, TBfloat16.class),
                  tf.dtypes.cast(kernel, TBfloat16.class),
                  strides,
                  SAME),
              x.type());
    };
  }

  /**
   * A convolution of every channel with a kernel of its own.
   *
   * @param x image
   * @param kernel {@code [size, size, channels, 1]}
   * @param stride 1 or 2
   */
  Operand<T> depthwise(Operand<T> x, Operand<T> kernel, int stride) {
    return tf.nn.depthwiseConv2dNative(x, kernel, square(stride), SAME);
  }

  /**
   * Mean of every window of the image.
   *
   * @param x image
   * @param size height and width of the window
   * @param stride 1 or 2
   */
  Operand<T> averagePool(Operand<T> x, int size, int stride) {
    return tf.nn.avgPool(x, square(size), square(stride), SAME);
  }

  /**
   * Maximum of every window of the image. The operation with size and strides as attributes is
   * built by hand: TensorFlow Java has only the one that reads them from tensors, which oneDNN does
   * not serve, and whose derivative takes five times as long.
   *
   * @param x image
   * @param size height and width of the window
   * @param stride 1 or 2
   */
  Operand<T> maxPool(Operand<T> x, int size, int stride) {
    return tf.scope()
        .opBuilder("MaxPool", "MaxPool")
        .addInput(x.asOutput())
        .setAttr("ksize", new long[] {1, size, size, 1})
        .setAttr("strides", new long[] {1, stride, stride, 1})
        .setAttr("padding", SAME)
        .build()
        .output(0);
  }

  private static List<Long> square(int side) {
    return List.of(1L, (long) side, (long) side, 1L);
  }

  /**
   * Batch normalisation.
   *
   * @param x image
   * @param weights of which scale and offset are taken
   */
  Operand<T> normalised(Operand<T> x, Iterator<Operand<T>> weights) {
    Operand<T> scale = weights.next();
    return normalisation.apply(tf, x, scale, weights.next());
  }

  /** Batch normalisation, then {@code max(x, 0)}. */
  Operand<T> rectified(Operand<T> x, Iterator<Operand<T>> weights) {
    return tf.nn.relu(normalised(x, weights));
  }

  /**
   * Convolution, normalisation, rectification: with a 1 x 1 kernel what every layer begins with.
   */
  Operand<T> mixed(Operand<T> x, Iterator<Operand<T>> weights) {
    return rectified(convolution(x, weights.next()), weights);
  }

  /** Weights of {@link #mixed}. */
  static Parts mixing(int filters) {
    return new Parts(
        List.of(
            Part.kernel("mix/kernel", 1, filters, filters),
            Part.scale("mix/scale", filters),
            Part.offset("mix/offset", filters)));
  }

  /** Scale and offset of a normalisation. */
  static Parts norm(int filters) {
    return new Parts(List.of(Part.scale("scale", filters), Part.offset("offset", filters)));
  }
}
