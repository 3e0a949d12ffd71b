package io.tandem.graph.preprocessing;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Turns pictures upright as their files say, in the graph. A camera stores the rows as its sensor
 * has them and notes in the EXIF segment of the JPEG file (CIPA DC-008, tag 0x0112 of the first
 * directory) how it was held. A file without the note, or with one that makes no sense, is upright.
 */
final class ExifOrientation {
  // Marker and length of the segment, then its name.
  private static final int[] SEGMENT = {
    0xff, 0xe1, FileBytes.ANY, FileBytes.ANY, 'E', 'x', 'i', 'f', 0, 0
  };
  private static final int ENTRIES = 256;
  private static final int ENTRY = 12;
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int LITTLE_ENDIAN = 'I';
  private static final int QUARTER_TURNS = 5;
  private static final int LAST = 8;

  private final Ops tf;
  private final FileBytes bytes;
  private final Operand<TInt32> begin;
  private final Operand<TBool> little;

  private ExifOrientation(Ops tf, FileBytes bytes) {
    this.tf = tf;
    this.bytes = bytes;
    this.begin = plus(bytes.find(SEGMENT), SEGMENT.length);
    this.little = tf.math.equal(bytes.at(begin), tf.constant(LITTLE_ENDIAN));
  }

  /**
   * Adds the turn.
   *
   * @param tf where it is added
   * @param file the JPEG file, scalar
   * @param stored the picture in it, {@code [height, width, channels]}
   * @return the upright picture; height and width are exchanged by a quarter turn
   */
  static Operand<TInt32> upright(Ops tf, Operand<TString> file, Operand<TInt32> stored) {
    Operand<TInt32> orientation = new ExifOrientation(tf, FileBytes.of(tf, file)).orientation();
    Operand<TInt32> order =
        tf.select(
            tf.math.greaterEqual(orientation, tf.constant(QUARTER_TURNS)),
            tf.constant(new int[] {1, 0, 2}),
            tf.constant(new int[] {0, 1, 2}));
    Operand<TBool> reversed =
        tf.stack(List.of(oneOf(tf, orientation, 3, 4, 7, 8), oneOf(tf, orientation, 2, 3, 6, 7)));
    Operand<TInt64> axes = tf.reshape(tf.where(reversed), tf.constant(new int[] {-1}));
    return tf.reverse(tf.linalg.transpose(stored, order), axes);
  }

  private static Operand<TBool> oneOf(Ops tf, Operand<TInt32> value, int... allowed) {
    return tf.reduceAny(tf.math.equal(value, tf.constant(allowed)), tf.constant(0));
  }

  /** 1 to 8, scalar. */
  private Operand<TInt32> orientation() {
    Operand<TInt32> directory = tf.math.add(begin, offset(plus(begin, 4)));
    int[] numbers = IntStream.range(0, ENTRIES).toArray();
    int[] offsets = IntStream.of(numbers).map(entry -> 2 + ENTRY * entry).toArray();
    Operand<TInt32> entries = tf.math.add(directory, tf.constant(offsets));
    Operand<TBool> wanted =
        all(
            tf.math.less(tf.constant(numbers), number(directory)),
            bytes.inside(plus(entries, ENTRY - 1)),
            tf.math.equal(number(entries), tf.constant(TAG)),
            tf.math.equal(number(plus(entries, 2)), tf.constant(SHORT)));
    Operand<TInt32> found =
        tf.max(
            tf.math.mul(number(plus(entries, 8)), tf.dtypes.cast(wanted, TInt32.class)),
            tf.constant(0));
    Operand<TBool> sensible =
        all(
            tf.math.greater(begin, tf.constant(FileBytes.NOWHERE + SEGMENT.length)),
            tf.math.greater(found, tf.constant(0)),
            tf.math.lessEqual(found, tf.constant(LAST)));
    return tf.select(sensible, found, tf.constant(1));
  }

  @SafeVarargs
  private Operand<TBool> all(Operand<TBool> first, Operand<TBool>... others) {
    Operand<TBool> every = first;
    for (Operand<TBool> other : others) {
      every = tf.math.logicalAnd(every, other);
    }
    return every;
  }

  /** A number of two bytes, in the order that the segment has. */
  private Operand<TInt32> number(Operand<TInt32> place) {
    Operand<TInt32> first = bytes.at(place);
    Operand<TInt32> second = bytes.at(plus(place, 1));
    return tf.select(little, joined(second, first), joined(first, second));
  }

  /** A number of four bytes without the highest, which is 0 in any segment. */
  private Operand<TInt32> offset(Operand<TInt32> place) {
    Operand<TInt32> middle = bytes.at(plus(place, 1));
    Operand<TInt32> ascending = joined(joined(bytes.at(plus(place, 2)), middle), bytes.at(place));
    Operand<TInt32> descending =
        joined(joined(middle, bytes.at(plus(place, 2))), bytes.at(plus(place, 3)));
    return tf.select(little, ascending, descending);
  }

  private Operand<TInt32> joined(Operand<TInt32> high, Operand<TInt32> low) {
    return tf.math.add(tf.math.mul(high, tf.constant(1 << Byte.SIZE)), low);
  }

  private Operand<TInt32> plus(Operand<TInt32> place, int offset) {
    return tf.math.add(place, tf.constant(offset));
  }
}
