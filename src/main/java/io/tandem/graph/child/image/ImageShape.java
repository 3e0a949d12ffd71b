package io.tandem.graph.child.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Size of the images that a network sees.
 *
 * @param height pixels, positive
 * @param width pixels, positive
 * @param channels numbers per pixel, positive
 */
public record ImageShape(int height, int width, int channels) {
  /** Checks the sizes. */
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "an image of " + height + " x " + width + " x " + channels + " has no pixels");
    }
  }

  /** Numbers of an image: features of a row. */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  /**
   * Rows as images.
   *
   * @param tf where it is added
   * @param rows {@code [batch, size]}, an image row by row, pixel by pixel, channel by channel
   * @return {@code [batch, height, width, channels]}
   */
  public <T extends TNumber> Operand<T> images(Ops tf, Operand<T> rows) {
    return tf.reshape(rows, tf.constant(new int[] {-1, height, width, channels}));
  }
}
