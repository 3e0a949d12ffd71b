package io.tandem.graph.child.text;

import io.tandem.graph.core.ManyInputs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The time steps of a window that count: all of them, or as many of the first ones as a scalar
 * says. Rows are ordered by time steps.
 *
 * @param tf where operations are added
 * @param length time steps of the window
 * @param count how many count, scalar in [1, length]; null for all
 */
record Times(Ops tf, int length, @Nullable Operand<TInt32> count) {
  /**
   * The rows of the time steps that count.
   *
   * @param rows {@code [length · batch, columns]}
   */
  <T extends TNumber> Operand<T> first(Operand<T> rows) {
    if (count == null) {
      return rows;
    }
    Operand<TInt32> shape = tf.shape(rows);
    Operand<TInt32> batch = tf.math.div(part(shape, 0), tf.constant(length));
    Operand<TInt32> columns = part(shape, 1);
    return tf.slice(
        rows, tf.constant(new int[2]), tf.stack(List.of(tf.math.mul(count, batch), columns)));
  }

  /**
   * What there is at the last time step that counts.
   *
   * @param steps of every time step, {@code [batch, columns]} each
   */
  <T extends TNumber> Operand<T> last(List<Operand<T>> steps) {
    if (count == null) {
      return steps.get(length - 1);
    }
    Operand<TInt32> shape = tf.shape(steps.get(0));
    Operand<TInt32> before = tf.math.mul(tf.math.sub(count, tf.constant(1)), part(shape, 0));
    return tf.slice(
        ManyInputs.concat(tf, steps, 0), tf.stack(List.of(before, tf.constant(0))), shape);
  }

  /** Shape {@code [times, batch, columns]} of what counts. */
  Operand<TInt32> steps(int columns) {
    return count == null
        ? tf.constant(new int[] {length, -1, columns})
        : tf.stack(List.of(count, tf.constant(-1), tf.constant(columns)));
  }

  /** Size {@code [times - 1, batch, columns]} of a slice. */
  Operand<TInt32> allButOne() {
    return count == null
        ? tf.constant(new int[] {length - 1, -1, -1})
        : tf.stack(List.of(tf.math.sub(count, tf.constant(1)), tf.constant(-1), tf.constant(-1)));
  }

  /** The mean of a matrix; of one without rows 0. */
  <T extends TNumber> Operand<T> mean(Operand<T> matrix) {
    Operand<TInt32> axes = tf.constant(new int[] {0, 1});
    if (count == null) {
      return tf.math.mean(matrix, axes);
    }
    Operand<TInt32> size = tf.math.maximum(tf.size(matrix), tf.constant(1));
    return tf.math.div(tf.reduceSum(matrix, axes), tf.dtypes.cast(size, matrix.type()));
  }

  private Operand<TInt32> part(Operand<TInt32> shape, int place) {
    return tf.gather(shape, tf.constant(place), tf.constant(0));
  }
}
