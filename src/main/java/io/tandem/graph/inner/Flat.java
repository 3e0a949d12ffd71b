package io.tandem.graph.inner;

import io.tandem.graph.core.ManyInputs;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Lists of tensors laid end to end in one vector, and cut apart again: what is done to every weight
 * alike is then done once.
 *
 * @param <T> float32 or float64
 */
final class Flat<T extends TNumber> {
  private final Ops tf;
  private final List<Operand<TInt32>> shapes = new ArrayList<>();
  private final Operand<TInt32> sizes;

  /**
   * Takes the shapes.
   *
   * @param tf where operations are added
   * @param like tensors, at least one; shapes may be known at run time only
   */
  Flat(Ops tf, List<Operand<T>> like) {
    this.tf = tf;
    List<Operand<TInt32>> counts = new ArrayList<>();
    for (Operand<T> tensor : like) {
      // Sizes carry no derivative; the stop keeps one from being sought through them.
      Operand<T> still = tf.stopGradient(tensor);
      shapes.add(tf.shape(still));
      counts.add(tf.size(still));
    }
    sizes = tf.stack(counts);
  }

  /** One vector of all elements of tensors with the shapes taken. */
  Operand<T> join(List<Operand<T>> tensors) {
    List<Operand<T>> rows = new ArrayList<>();
    Operand<TInt32> row = tf.constant(new int[] {-1});
    tensors.forEach(tensor -> rows.add(tf.reshape(tensor, row)));
    return ManyInputs.concat(tf, rows);
  }

  /** The tensors that {@link #join} took. */
  List<Operand<T>> cut(Operand<T> vector) {
    if (shapes.size() == 1) {
      return List.of(tf.reshape(vector, shapes.get(0)));
    }
    List<Operand<T>> tensors = new ArrayList<>();
    List<? extends Operand<T>> rows =
        tf.splitV(vector, sizes, tf.constant(0), (long) shapes.size()).output();
    for (int index = 0; index < shapes.size(); index++) {
      tensors.add(tf.reshape(rows.get(index), shapes.get(index)));
    }
    return tensors;
  }
}
