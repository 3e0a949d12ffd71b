package io.tandem.graph.preprocessing;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The first bytes of a file as whole numbers in a graph, for what is written before the pixels.
 *
 * @param tf where operations are added
 * @param bytes 0 to 255, and behind them as many zeros as the longest pattern may need
 */
record FileBytes(Ops tf, Operand<TInt32> bytes) {
  /** The place of a pattern that does not occur; a file does not begin with any. */
  static final int NOWHERE = 0;

  /** Any byte, in a pattern. */
  static final int ANY = -1;

  // Notes stand in the first segments of a file; a segment of JPEG has at most 64 KiB.
  private static final int READ = 1 << 17;
  private static final int LONGEST_PATTERN = 16;

  /** Adds the bytes of a file, scalar. */
  static FileBytes of(Ops tf, Operand<TString> file) {
    Operand<TUint8> head =
        tf.io.decodeRaw(tf.strings.substr(file, tf.constant(0), tf.constant(READ)), TUint8.class);
    return new FileBytes(
        tf,
        tf.concat(
            List.of(tf.dtypes.cast(head, TInt32.class), tf.constant(new int[LONGEST_PATTERN])),
            tf.constant(0)));
  }

  /** The bytes at some places; of a place outside, the nearest byte inside. */
  Operand<TInt32> at(Operand<TInt32> place) {
    Operand<TInt32> last = tf.math.sub(tf.size(bytes), tf.constant(1));
    Operand<TInt32> inside = tf.math.maximum(tf.math.minimum(place, last), tf.constant(0));
    return tf.gather(bytes, inside, tf.constant(0));
  }

  /** Whether places lie before the end. */
  Operand<TBool> inside(Operand<TInt32> place) {
    return tf.math.less(place, length());
  }

  /**
   * Where a pattern first occurs.
   *
   * @param pattern bytes, at most 16, or {@link #ANY}
   * @return the place of its first byte, scalar; {@link #NOWHERE} if it does not occur
   */
  Operand<TInt32> find(int... pattern) {
    Operand<TInt32> count = tf.reshape(length(), tf.constant(new int[] {1}));
    List<Operand<TInt32>> agreeing = new ArrayList<>();
    for (int offset = 0; offset < pattern.length; offset++) {
      if (pattern[offset] != ANY) {
        Operand<TInt32> shifted = tf.slice(bytes, tf.constant(new int[] {offset}), count);
        agreeing.add(
            tf.dtypes.cast(tf.math.equal(shifted, tf.constant(pattern[offset])), TInt32.class));
      }
    }
    Operand<TInt32> whole =
        tf.dtypes.cast(
            tf.math.equal(tf.math.addN(agreeing), tf.constant(agreeing.size())), TInt32.class);
    return tf.math.argMax(whole, tf.constant(0), TInt32.class);
  }

  private Operand<TInt32> length() {
    return tf.math.sub(tf.size(bytes), tf.constant(LONGEST_PATTERN));
  }
}
