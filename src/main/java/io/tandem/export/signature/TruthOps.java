package io.tandem.export.signature;

import io.tandem.column.TruthWords;
import io.tandem.data.TableEncoding;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** The inputs of a truth value, as operations on its text. */
final class TruthOps {
  private TruthOps() {}

  /**
   * Adds the inputs; a text that is no such word counts as missing.
   *
   * @param tf where they are added
   * @param how what is made of a truth value
   * @param text {@code [batch]}, without spaces around it
   * @param mark whether a text stands for a missing value, {@code [batch]}
   * @return {@code [batch, width]}
   */
  static Operand<TFloat32> inputs(
      Ops tf, TableEncoding.Truths how, Operand<TString> text, Operand<TBool> mark) {
    Operand<TFloat32> isTrue = isWord(tf, text, true);
    Operand<TFloat32> isFalse = isWord(tf, text, false);
    Operand<TFloat32> none = tf.zerosLike(isTrue);
    Operand<TFloat32> one = tf.math.add(none, tf.constant(1f));
    Operand<TFloat32> missing =
        tf.select(mark, one, tf.math.sub(one, tf.math.add(isTrue, isFalse)));
    Operand<TFloat32> usual = how.usual() ? missing : none;
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    inputs.add(tf.math.add(tf.select(mark, none, isTrue), usual));
    if (how.gaps()) {
      inputs.add(missing);
    }
    return tf.stack(inputs, Stack.axis(1L));
  }

  private static Operand<TFloat32> isWord(Ops tf, Operand<TString> text, boolean value) {
    return tf.dtypes.cast(
        tf.strings.regexFullMatch(text, tf.constant(TruthWords.pattern(value))), TFloat32.class);
  }
}
