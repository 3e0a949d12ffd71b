package io.tandem.graph.child;

import io.tandem.graph.core.Scalars;
import io.tandem.space.Activation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The element-wise non-linearities of a child network. */
public final class Activations {
  private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  private Activations() {}

  /**
   * Applies an activation.
   *
   * @param tf where the ops are added
   * @param activation which one
   * @param x any shape
   * @return the same shape
   */
  public static <T extends TNumber> Operand<T> apply(Ops tf, Activation activation, Operand<T> x) {
    return switch (activation) {
      case RELU -> tf.nn.relu(x);
      case TANH -> tf.math.tanh(x);
      case SIGMOID -> tf.math.sigmoid(x);
      case SWISH -> tf.math.mul(x, tf.math.sigmoid(x));
      case GELU -> gelu(tf, x);
      case IDENTITY -> tf.identity(x);
    };
  }

  /**
   * Whether half of its outputs vanish, so that weights start at the variance of He et al. 2015.
   */
  public static boolean isRectifying(Activation activation) {
    return switch (activation) {
      case RELU, SWISH, GELU -> true;
      case TANH, SIGMOID, IDENTITY -> false;
    };
  }

  /**
   * {@code x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))}, Hendrycks and Gimpel 2016, section 2.
   */
  private static <T extends TNumber> Operand<T> gelu(Ops tf, Operand<T> x) {
    Operand<T> one = Scalars.of(tf, 1, x.type());
    Operand<T> cubic = tf.math.mul(Scalars.of(tf, CUBIC, x.type()), tf.math.mul(x, x));
    Operand<T> inner = tf.math.mul(x, tf.math.add(one, cubic));
    Operand<T> tanh = tf.math.tanh(tf.math.mul(Scalars.of(tf, ROOT_TWO_OVER_PI, x.type()), inner));
    Operand<T> half = tf.math.mul(Scalars.of(tf, 0.5, x.type()), x);
    return tf.math.mul(half, tf.math.add(one, tanh));
  }
}
