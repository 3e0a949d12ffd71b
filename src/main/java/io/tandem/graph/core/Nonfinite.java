package io.tandem.graph.core;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** The guard that keeps NaN and infinities out of everything that lasts. */
public final class Nonfinite {
  private Nonfinite() {}

  /**
   * Whether all elements of all tensors are finite.
   *
   * @param tf where it is added
   * @param tensors tensors of any shape, at least one
   * @return boolean scalar
   */
  public static <T extends TNumber> Operand<TBool> absent(
      Ops tf, List<? extends Operand<T>> tensors) {
    List<Operand<TBool>> finite = new ArrayList<>();
    for (Operand<T> tensor : tensors) {
      Operand<TBool> flat = tf.reshape(tf.math.isFinite(tensor), tf.constant(new int[] {-1}));
      finite.add(tf.reduceAll(flat, tf.constant(0)));
    }
    return tf.reduceAll(tf.stack(finite), tf.constant(0));
  }

  /**
   * The new value where the guard holds and the old one where not.
   *
   * @param tf where it is added
   * @param guard boolean scalar, as of {@link #absent}
   * @param changed new value
   * @param unchanged old value, of the same shape
   */
  public static <T extends TNumber> Operand<T> keep(
      Ops tf, Operand<TBool> guard, Operand<T> changed, Operand<T> unchanged) {
    return tf.select(tf.broadcastTo(guard, tf.shape(changed)), changed, unchanged);
  }
}
