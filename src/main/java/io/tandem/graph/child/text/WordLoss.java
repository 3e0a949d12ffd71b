package io.tandem.graph.child.text;

import io.tandem.graph.objective.LossShape;
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
   * @param head says {@code [words, vocabulary]}
   * @param targets {@code [words]}
   * @param shape smoothing and weights
   * @return scalar, in nats
   */
  public static <T extends TNumber> Operand<T> mean(
      Ops tf, WordHead<T> head, Operand<TInt32> targets, LossShape<T> shape) {
    Operand<T> each = smoothed(tf, head, targets, shape.smoothing());
    return shape.isEven() ? tf.math.mean(each, tf.constant(0)) : shape.mean(tf, each, targets);
  }

  /**
   * With smoothing. The mean of the cross-entropies of all words of the vocabulary differs from
   * that of the target by logits that need no look at the others.
   */
  private static <T extends TNumber> Operand<T> smoothed(
      Ops tf, WordHead<T> head, Operand<TInt32> targets, @Nullable Operand<T> smoothing) {
    Operand<T> hard = head.against(targets).losses();
    if (smoothing == null) {
      return hard;
    }
    Operand<T> further = tf.math.sub(head.logits(targets), head.meanLogits());
    return tf.math.add(hard, tf.math.mul(further, smoothing));
  }
}
