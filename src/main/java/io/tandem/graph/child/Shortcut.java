package io.tandem.graph.child;

import io.tandem.graph.core.Scalars;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The parameter-free shortcut of He et al. 2015 (option A): cuts or zero-pads the columns of an
 * earlier layer to the width of a later one.
 */
public final class Shortcut {
  private Shortcut() {}

  /**
   * Fits a layer to a width that is known when the graph runs.
   *
   * @param tf where the ops are added
   * @param h {@code [batch, any]}
   * @param width scalar, positive
   * @return {@code [batch, width]}
   */
  public static <T extends TNumber> Operand<T> fit(Ops tf, Operand<T> h, Operand<TInt32> width) {
    Operand<TInt32> target = tf.reshape(width, tf.constant(new int[] {1}));
    Operand<TInt32> zero = tf.constant(new int[] {0});
    Operand<TInt32> columns =
        tf.slice(tf.shape(h), tf.constant(new int[] {1}), tf.constant(new int[] {1}));
    Operand<TInt32> missing = tf.math.maximum(tf.math.sub(target, columns), zero);
    Operand<TInt32> paddings =
        tf.reshape(
            tf.concat(List.of(zero, zero, zero, missing), tf.constant(0)),
            tf.constant(new int[] {2, 2}));
    // Integers carry no derivative; the stop keeps a gradient from being sought through the shape.
    Operand<T> padded = tf.pad(h, tf.stopGradient(paddings), Scalars.of(tf, 0, h.type()));
    Operand<TInt32> size = tf.concat(List.of(tf.constant(new int[] {-1}), target), tf.constant(0));
    return tf.slice(padded, tf.constant(new int[] {0, 0}), size);
  }
}
