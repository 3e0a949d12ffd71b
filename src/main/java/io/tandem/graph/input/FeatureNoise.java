package io.tandem.graph.input;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** Gaussian noise on the features of rows, which is what augmentation is to rows without images. */
public final class FeatureNoise {
  private FeatureNoise() {}

  /**
   * Adds noise to the numbers of some rows; what follows them are codes, which stay.
   *
   * @param tf where the operations are added
   * @param rows standardised, {@code [batch, columns]}
   * @param deviation standard deviation of the noise, scalar
   * @param seed int64 {@code [2]}; decides the draws
   * @param numbers how many columns are numbers
   * @param columns how many there are
   * @return the same shape
   */
  public static <T extends TNumber> Operand<T> add(
      Ops tf,
      Operand<T> rows,
      Operand<T> deviation,
      Operand<TInt64> seed,
      int numbers,
      int columns) {
    Operand<T> drawn = tf.random.statelessRandomNormal(tf.shape(rows), seed, rows.type());
    Operand<T> noise = tf.math.mul(drawn, deviation);
    if (numbers == columns) {
      return tf.math.add(rows, noise);
    }
    double[] factors = new double[columns];
    Arrays.fill(factors, 0, numbers, 1);
    Operand<T> moved = tf.dtypes.cast(tf.constant(factors), rows.type());
    return tf.math.add(rows, tf.math.mul(noise, moved));
  }
}
