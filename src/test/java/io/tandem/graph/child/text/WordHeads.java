package io.tandem.graph.child.text;

import io.tandem.graph.core.Precision;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Last layers for tests. */
public final class WordHeads {
  private WordHeads() {}

  /**
   * A layer that passes logits on.
   *
   * @param tf where it is added
   * @param logits {@code [words, vocabulary]}
   * @param vocabulary number of words
   */
  public static WordHead<TFloat64> saying(Ops tf, Operand<TFloat64> logits, int vocabulary) {
    double[][] unit = new double[vocabulary][vocabulary];
    for (int word = 0; word < vocabulary; word++) {
      unit[word][word] = 1;
    }
    return new WordHead<>(
        tf, logits, tf.constant(unit), tf.constant(new double[vocabulary]), Precision.FLOAT32);
  }
}
