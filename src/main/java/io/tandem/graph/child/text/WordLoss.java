package io.tandem.graph.child.text;

import io.tandem.graph.child.LossShape;
import io.tandem.graph.core.Scalars;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Softmax cross-entropy of words. A target is kept as its number: as a vector it would be as large
 * as the logits.
 */
public final class WordLoss {
  private WordLoss() {}

  /**
   * The cross-entropy of every word.
   *
   * @param tf where it is added
   * @param logits {@code [words, vocabulary]}
   * @param targets {@code [words]}
   * @return {@code [words]}, in nats
   */
  public static <T extends TNumber> Operand<T> each(
      Ops tf, Operand<T> logits, Operand<TInt32> targets) {
    return tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, targets).loss();
  }

  /**
   * The mean over the words, with label smoothing and the weights of the shape.
   *
   * @param tf where it is added
   * @param logits {@code [words, vocabulary]}
   * @param targets {@code [words]}
   * @param shape smoothing and weights
   * @return scalar, in nats
   */
  public static <T extends TNumber> Operand<T> mean(
      Ops tf, Operand<T> logits, Operand<TInt32> targets, LossShape<T> shape) {
    Operand<T> smoothing = shape.smoothing();
    if (!shape.isEven()) {
      return shape.mean(tf, smoothed(tf, logits, targets, smoothing), targets);
    }
    Operand<T> hard = tf.math.mean(each(tf, logits, targets), tf.constant(0));
    if (smoothing == null) {
      return hard;
    }
    Operand<T> even =
        tf.math.neg(tf.math.mean(tf.nn.logSoftmax(logits), tf.constant(new int[] {0, 1})));
    return tf.math.add(
        tf.math.mul(hard, Scalars.complement(tf, smoothing)), tf.math.mul(even, smoothing));
  }

  private static <T extends TNumber> Operand<T> smoothed(
      Ops tf, Operand<T> logits, Operand<TInt32> targets, @Nullable Operand<T> smoothing) {
    Operand<T> hard = each(tf, logits, targets);
    if (smoothing == null) {
      return hard;
    }
    Operand<T> even = tf.math.neg(tf.math.mean(tf.nn.logSoftmax(logits), tf.constant(1)));
    return tf.math.add(
        tf.math.mul(hard, Scalars.complement(tf, smoothing)), tf.math.mul(even, smoothing));
  }
}
