package io.tandem.export.signature;

import io.tandem.column.Quantiles;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** The map of numbers to normal scores, as operations, with the same roundings as in Java. */
final class QuantileOps {
  private QuantileOps() {}

  /**
   * Adds the map.
   *
   * @param tf where it is added
   * @param map learnt on the training part
   * @param numbers {@code [batch]}, none of them NaN
   * @return scores {@code [batch]}
   */
  static Operand<TFloat32> scores(Ops tf, Quantiles map, Operand<TFloat32> numbers) {
    int count = map.values().size();
    if (count == 1) {
      return tf.fill(tf.shape(numbers), tf.constant(map.scores().get(0)));
    }
    Operand<TFloat32> inside =
        tf.math.minimum(
            tf.math.maximum(numbers, tf.constant(map.values().get(0))),
            tf.constant(map.values().get(count - 1)));
    Operand<TFloat64> number = tf.dtypes.cast(inside, TFloat64.class);
    Operand<TFloat64> later =
        tf.reshape(
            tf.constant(doubles(map.values().subList(1, count))),
            tf.constant(new int[] {1, count - 1}));
    Operand<TInt32> place =
        tf.reduceSum(
            tf.dtypes.cast(
                tf.math.greaterEqual(tf.expandDims(number, tf.constant(1)), later), TInt32.class),
            tf.constant(1));
    double[] slopes = IntStream.range(0, count).mapToDouble(map::slope).toArray();
    Operand<TFloat64> distance = tf.math.sub(number, at(tf, doubles(map.values()), place));
    Operand<TFloat64> score =
        tf.math.add(
            at(tf, doubles(map.scores()), place), tf.math.mul(distance, at(tf, slopes, place)));
    return tf.dtypes.cast(score, TFloat32.class);
  }

  private static Operand<TFloat64> at(Ops tf, double[] table, Operand<TInt32> place) {
    return tf.gather(tf.constant(table), place, tf.constant(0));
  }

  private static double[] doubles(List<Float> numbers) {
    return numbers.stream().mapToDouble(Float::doubleValue).toArray();
  }
}
