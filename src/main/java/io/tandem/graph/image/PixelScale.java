package io.tandem.graph.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * From bytes to values about 0: {@code (byte - mean) / scale} for each channel.
 *
 * @param mean of the training part's bytes, one for each channel
 * @param scale what is divided by, positive, one for each channel
 */
public record PixelScale(float[] mean, float[] scale) {
  /** Copies the arrays and checks that they belong together. */
  public PixelScale {
    mean = mean.clone();
    scale = scale.clone();
    if (mean.length != scale.length) {
      throw new IllegalArgumentException(
          mean.length + " means for " + scale.length + " scales of channels");
    }
    for (float divisor : scale) {
      if (!(divisor > 0)) {
        throw new IllegalArgumentException("a scale of " + divisor + " is not positive");
      }
    }
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[] scale() {
    return scale.clone();
  }

  /**
   * Normalises.
   *
   * @param tf where the operations are added
   * @param bytes {@code [..., channels]}
   * @param type float32 or float64
   * @return the same shape
   */
  public <T extends TNumber> Operand<T> apply(Ops tf, Operand<TUint8> bytes, Class<T> type) {
    Operand<T> values = tf.dtypes.cast(bytes, type);
    Operand<T> centred = tf.math.sub(values, tf.dtypes.cast(tf.constant(mean), type));
    return tf.math.div(centred, tf.dtypes.cast(tf.constant(scale), type));
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PixelScale other
        && java.util.Arrays.equals(mean, other.mean)
        && java.util.Arrays.equals(scale, other.scale);
  }

  @Override
  public int hashCode() {
    return 31 * java.util.Arrays.hashCode(mean) + java.util.Arrays.hashCode(scale);
  }

  @Override
  public String toString() {
    return "means "
        + java.util.Arrays.toString(mean)
        + ", scales "
        + java.util.Arrays.toString(scale);
  }
}
