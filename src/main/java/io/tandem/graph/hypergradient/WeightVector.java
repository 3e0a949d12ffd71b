package io.tandem.graph.hypergradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * One vector in place of a list of weights, so that a solver's step takes few operations whatever
 * the number of layers. Shapes may be known at run time only.
 *
 * @param <T> float32 or float64
 */
final class WeightVector<T extends TNumber> {
  private final List<Operand<TInt32>> shapes = new ArrayList<>();
  private final Operand<TInt32> sizes;
  private final List<Slice> slices = new ArrayList<>();

  /** Where in the vector a tensor lies. */
  private record Slice(Operand<TInt32> offset, Operand<TInt32> length) {}

  /**
   * Adds the sizes.
   *
   * @param tf where they are added
   * @param like tensors that give the shapes
   */
  WeightVector(Ops tf, List<Operand<T>> like) {
    List<Operand<TInt32>> counts = new ArrayList<>();
    int offset = 0;
    for (Operand<T> tensor : like) {
      // Constants where they can be: shape inference works out anything else anew for every use.
      Shape known = tensor.shape();
      if (known.isUnknown() || known.hasUnknownDimension()) {
        shapes.add(tf.shape(tensor));
        counts.add(tf.size(tensor));
        continue;
      }
      int size = Math.toIntExact(known.size());
      shapes.add(constant(tf, known.asArray()));
      counts.add(tf.constant(size));
      slices.add(new Slice(constant(tf, offset), constant(tf, size)));
      offset += size;
    }
    sizes = tf.stack(counts);
  }

  private static Operand<TInt32> constant(Ops tf, long... dimensions) {
    return tf.constant(Arrays.stream(dimensions).mapToInt(size -> (int) size).toArray());
  }

  /** The vector of tensors that have the shapes. */
  Operand<T> join(Ops tf, List<Operand<T>> tensors) {
    List<Operand<T>> flat = new ArrayList<>();
    for (Operand<T> tensor : tensors) {
      flat.add(tf.reshape(tensor, tf.constant(new int[] {-1})));
    }
    return flat.size() == 1 ? flat.get(0) : tf.concat(flat, tf.constant(0));
  }

  /** The tensors of a vector. */
  List<Operand<T>> split(Ops tf, Operand<T> vector) {
    List<Operand<T>> tensors = new ArrayList<>();
    if (shapes.size() == 1) {
      tensors.add(tf.reshape(vector, shapes.get(0)));
      return tensors;
    }
    // A slice shares the vector's memory where its ends are aligned; the parts of a split do not.
    if (slices.size() == shapes.size()) {
      for (int index = 0; index < shapes.size(); index++) {
        Slice slice = slices.get(index);
        Operand<T> part = tf.slice(vector, slice.offset(), slice.length());
        tensors.add(tf.reshape(part, shapes.get(index)));
      }
      return tensors;
    }
    List<? extends Operand<T>> parts =
        tf.splitV(vector, sizes, tf.constant(0), (long) shapes.size()).output();
    for (int index = 0; index < shapes.size(); index++) {
      tensors.add(tf.reshape(parts.get(index), shapes.get(index)));
    }
    return tensors;
  }
}
