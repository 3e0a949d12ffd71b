package io.tandem.graph.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Operations on any number of tensors whose derivatives are the same in every process.
 *
 * <p>TensorFlow keeps the inputs of an operation with more than eight of them in a set ordered by
 * memory addresses, and builds derivatives in that order. Where three or more terms meet, their sum
 * would then differ in its last bits from run to run. So at most seven tensors, and an axis, go
 * into one operation.
 */
public final class ManyInputs {
  private static final int MOST = 7;

  private ManyInputs() {}

  /**
   * Lays vectors end to end.
   *
   * @param tf where it is added
   * @param vectors at least one
   */
  public static <T extends TNumber> Operand<T> concat(Ops tf, List<Operand<T>> vectors) {
    return concat(tf, vectors, 0);
  }

  /**
   * Lays tensors side by side.
   *
   * @param tf where it is added
   * @param tensors at least one
   * @param axis along which
   */
  public static <T extends TNumber> Operand<T> concat(
      Ops tf, List<Operand<T>> tensors, int axis) {
    return nested(tensors, group -> tf.concat(group, tf.constant(axis)));
  }

  /**
   * Adds tensors of one shape.
   *
   * @param tf where it is added
   * @param terms at least one
   */
  public static <T extends TNumber> Operand<T> sum(Ops tf, List<Operand<T>> terms) {
    return nested(terms, tf.math::addN);
  }

  /**
   * Cuts a vector into pieces. The derivative of a cut lays the derivatives of the pieces end to
   * end.
   *
   * @param tf where it is added
   * @param vector what is cut
   * @param sizes of the pieces, at least one; they sum to the length of the vector
   */
  public static <T extends TNumber> List<Operand<T>> split(
      Ops tf, Operand<T> vector, List<Integer> sizes) {
    if (sizes.size() == 1) {
      return List.of(vector);
    }
    int together = Math.floorDiv(sizes.size() + MOST - 1, MOST);
    List<List<Integer>> groups = new ArrayList<>();
    for (int begin = 0; begin < sizes.size(); begin += together) {
      groups.add(sizes.subList(begin, Math.min(begin + together, sizes.size())));
    }
    int[] lengths =
        groups.stream()
            .mapToInt(group -> group.stream().mapToInt(Integer::intValue).sum())
            .toArray();
    List<Output<T>> parts =
        tf.splitV(vector, tf.constant(lengths), tf.constant(0), (long) lengths.length).output();
    List<Operand<T>> pieces = new ArrayList<>();
    for (int index = 0; index < lengths.length; index++) {
      pieces.addAll(split(tf, parts.get(index), groups.get(index)));
    }
    return List.copyOf(pieces);
  }

  private static <T extends TNumber> Operand<T> nested(
      List<Operand<T>> tensors, Function<List<Operand<T>>, Operand<T>> joined) {
    List<Operand<T>> level = tensors;
    while (level.size() > 1) {
      List<Operand<T>> next = new ArrayList<>();
      for (int begin = 0; begin < level.size(); begin += MOST) {
        List<Operand<T>> group = level.subList(begin, Math.min(begin + MOST, level.size()));
        next.add(group.size() == 1 ? group.get(0) : joined.apply(group));
      }
      level = next;
    }
    return level.get(0);
  }
}
