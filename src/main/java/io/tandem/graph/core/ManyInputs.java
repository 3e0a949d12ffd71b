package io.tandem.graph.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
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
  public static <T extends TNumber> Operand<T> concat(Ops tf, List<Operand<T>> tensors, int axis) {
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
    return split(tf, new Constants(tf), vector, sizes);
  }

  /**
   * Cuts a vector into pieces.
   *
   * @param tf where it is added
   * @param constants where lengths are kept
   * @param vector what is cut
   * @param sizes of the pieces, at least one; they sum to the length of the vector
   */
  public static <T extends TNumber> List<Operand<T>> split(
      Ops tf, Constants constants, Operand<T> vector, List<Integer> sizes) {
    return split(
        tf,
        constants,
        vector,
        sizes.size(),
        groups ->
            constants.vector(
                groups.stream()
                    .mapToInt(group -> group.stream().mapToInt(sizes::get).sum())
                    .toArray()));
  }

  /** Lengths that may be known only when the graph runs. */
  @FunctionalInterface
  public interface Lengths {
    /**
     * Lengths of groups of pieces.
     *
     * @param groups numbers of the pieces in every group
     * @return {@code [groups]}
     */
    Operand<TInt32> of(List<List<Integer>> groups);
  }

  /**
   * Cuts a vector into pieces.
   *
   * @param tf where it is added
   * @param constants where the axis is kept
   * @param vector what is cut
   * @param count number of pieces, at least one
   * @param lengths of the pieces; they sum to the length of the vector
   */
  public static <T extends TNumber> List<Operand<T>> split(
      Ops tf, Constants constants, Operand<T> vector, int count, Lengths lengths) {
    return split(tf, constants, vector, IntStream.range(0, count).boxed().toList(), lengths);
  }

  private static <T extends TNumber> List<Operand<T>> split(
      Ops tf, Constants constants, Operand<T> vector, List<Integer> pieces, Lengths lengths) {
    if (pieces.size() == 1) {
      return List.of(vector);
    }
    int most = pieces.size() <= MOST ? pieces.size() : Math.min(MOST, groups(pieces.size(), MOST));
    int together = groups(pieces.size(), most);
    List<List<Integer>> groups = new ArrayList<>();
    for (int begin = 0; begin < pieces.size(); begin += together) {
      groups.add(pieces.subList(begin, Math.min(begin + together, pieces.size())));
    }
    List<Output<T>> parts =
        tf.splitV(vector, lengths.of(groups), constants.scalar(0), (long) groups.size()).output();
    List<Operand<T>> cut = new ArrayList<>();
    for (int index = 0; index < groups.size(); index++) {
      cut.addAll(split(tf, constants, parts.get(index), groups.get(index), lengths));
    }
    return List.copyOf(cut);
  }

  /**
   * A tensor for many users, so that its derivative is summed few at a time.
   *
   * @param tf where it is added
   * @param tensor the tensor
   * @param users how many there are
   * @return the tensor for each of them
   */
  public static <T extends TNumber> List<Operand<T>> spread(Ops tf, Operand<T> tensor, int users) {
    if (users <= MOST) {
      return Collections.nCopies(users, tensor);
    }
    List<Operand<T>> all = new ArrayList<>();
    for (Operand<T> copy : spread(tf, tensor, groups(users, MOST))) {
      all.addAll(Collections.nCopies(Math.min(MOST, users - all.size()), tf.identity(copy)));
    }
    return List.copyOf(all);
  }

  private static int groups(int count, int size) {
    return Math.floorDiv(count + size - 1, size);
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
