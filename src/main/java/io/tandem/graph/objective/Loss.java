package io.tandem.graph.objective;

import io.tandem.graph.core.Scalars;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Softmax cross-entropy with label smoothing (Szegedy et al. 2016, section 7). */
public final class Loss {
  private Loss() {}

  /**
   * The mean over the batch of {@code -Σ_c q_c log softmax(logits)_c}, where {@code q} puts {@code
   * 1 - smoothing} on the label and spreads {@code smoothing} evenly over all classes, with the
   * weights of the shape.
   *
   * @param tf where the ops are added
   * @param logits {@code [batch, classes]}
   * @param labels {@code [batch]}, 0..classes-1
   * @param classes number of classes
   * @param shape smoothing and weights
   * @return scalar, in nats
   */
  public static <T extends TNumber> Operand<T> crossEntropy(
      Ops tf, Operand<T> logits, Operand<TInt32> labels, int classes, LossShape<T> shape) {
    Operand<T> each = logLikelihoods(tf, logits, labels, classes, shape.smoothing());
    return shape.isEven()
        ? tf.math.neg(tf.math.mean(each, tf.constant(0)))
        : shape.mean(tf, tf.math.neg(each), labels);
  }

  /**
   * Minus the cross-entropy of every row.
   *
   * @param tf where the ops are added
   * @param logits {@code [batch, classes]}
   * @param labels {@code [batch]}, 0..classes-1
   * @param classes number of classes
   * @param smoothing scalar, in [0, 1); null for none
   * @return {@code [batch]}, in nats, not positive
   */
  public static <T extends TNumber> Operand<T> logLikelihoods(
      Ops tf,
      Operand<T> logits,
      Operand<TInt32> labels,
      int classes,
      @Nullable Operand<T> smoothing) {
    Operand<T> one = Scalars.of(tf, 1, logits.type());
    Operand<T> hard =
        tf.oneHot(labels, tf.constant(classes), one, Scalars.of(tf, 0, logits.type()));
    Operand<T> targets = hard;
    if (smoothing != null) {
      Operand<T> spread = tf.math.div(smoothing, Scalars.of(tf, classes, logits.type()));
      targets = tf.math.add(tf.math.mul(hard, tf.math.sub(one, smoothing)), spread);
    }
    // The fused cross-entropy has a gradient in float32 only.
    Operand<T> products = tf.math.mul(targets, tf.nn.logSoftmax(logits));
    return tf.reduceSum(products, tf.constant(1));
  }
}
