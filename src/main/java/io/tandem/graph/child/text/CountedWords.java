package io.tandem.graph.child.text;

import io.tandem.graph.gradient.WordCrossEntropy;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * What a language model makes of those words of a window that count.
 *
 * @param loss sum of their cross-entropies in nats, scalar
 * @param correct how many of them were the most probable word, scalar
 */
public record CountedWords(Operand<TFloat64> loss, Operand<TFloat64> correct) {
  /**
   * Adds the sums.
   *
   * @param tf where they are added
   * @param head says {@code [words, vocabulary]}
   * @param targets {@code [words]}
   * @param counted 1 where a word counts, otherwise 0, {@code [words]}
   */
  public static <T extends TNumber> CountedWords of(
      Ops tf, WordHead<T> head, Operand<TInt32> targets, Operand<TFloat32> counted) {
    Operand<TFloat64> counts = tf.dtypes.cast(counted, TFloat64.class);
    WordCrossEntropy<T> said = head.against(targets);
    Operand<TFloat64> each = tf.dtypes.cast(said.losses(), TFloat64.class);
    Operand<TInt32> guessed = tf.math.argMax(said.probabilities(), tf.constant(1), TInt32.class);
    Operand<TFloat64> right = tf.dtypes.cast(tf.math.equal(guessed, targets), TFloat64.class);
    return new CountedWords(
        tf.reduceSum(tf.math.mul(each, counts), tf.constant(0)),
        tf.reduceSum(tf.math.mul(right, counts), tf.constant(0)));
  }
}
