package io.tandem.graph.controller;

import io.tandem.graph.gradient.Gradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Copies of the parameters for every part of a batch, so that one pass back gives the derivative of
 * every part by itself: {@code P} parts of equal rows share the nodes, and their derivatives differ
 * in the copy that they meet.
 *
 * <p>Parameters that many products share are not copied. There the caller names the products, which
 * the derivative is taken by, and says how it becomes one by the parameters; all products are then
 * summed by one large product instead of one by one.
 *
 * @param <T> type of reals
 */
final class PerPart<T extends TNumber> implements PartGradient<T> {
  private final Parameters<T> parameters;
  private final Ops tf;
  private final Operand<TInt32> parts;
  private final List<Source<T>> sources = new ArrayList<>();

  /**
   * Tensors to differentiate by, and what becomes of the derivatives.
   *
   * @param places elements of the vector that the columns stand for, -1 for none
   * @param tensors what is differentiated by
   * @param columns from derivatives by {@code tensors} to {@code [P, places]}
   */
  private record Source<T extends TNumber>(
      int[] places, List<Operand<T>> tensors, Function<List<Operand<T>>, Operand<T>> columns) {}

  PerPart(Parameters<T> parameters, Operand<TInt32> parts) {
    this.parameters = parameters;
    this.tf = parameters.ops();
    this.parts = parts;
  }

  /**
   * Copies of some elements of the vector.
   *
   * @param places which elements, -1 for a 0 in their place
   * @param shape of one copy
   * @return {@code [P, shape]}
   */
  Operand<T> copies(int[] places, int... shape) {
    Operand<T> row = tf.reshape(elements(places), tf.constant(new int[] {1, -1}));
    Operand<T> copies = tf.tile(row, tf.stack(List.of(parts, tf.constant(1))));
    sources.add(new Source<>(places, List.of(copies), derivatives -> derivatives.get(0)));
    return tf.reshape(copies, shaped(shape));
  }

  /** Some elements of the vector, end to end, for all parts together. */
  Operand<T> elements(int... places) {
    boolean run = true;
    for (int index = 1; index < places.length; index++) {
      run &= places[index] == places[0] + index;
    }
    if (run && places[0] >= 0) {
      return tf.slice(
          parameters.vector(),
          tf.constant(new int[] {places[0]}),
          tf.constant(new int[] {places.length}));
    }
    int[] clipped = Arrays.stream(places).map(place -> Math.max(place, 0)).toArray();
    Operand<T> values = tf.gather(parameters.vector(), tf.constant(clipped), tf.constant(0));
    if (Arrays.stream(places).allMatch(place -> place >= 0)) {
      return values;
    }
    double[] kept = Arrays.stream(places).mapToDouble(place -> place < 0 ? 0 : 1).toArray();
    return tf.math.mul(values, tf.dtypes.cast(tf.constant(kept), parameters.type()));
  }

  /**
   * Names products in which parameters were used without copies.
   *
   * @param places the parameters' elements, in the order of the columns
   * @param products what is differentiated by
   * @param columns from derivatives by {@code products} to {@code [P, places]}
   */
  void products(
      int[] places, List<Operand<T>> products, Function<List<Operand<T>>, Operand<T>> columns) {
    sources.add(new Source<>(places, products, columns));
  }

  /** {@code P}, int32 scalar. */
  Operand<TInt32> parts() {
    return parts;
  }

  /** {@code [P, shape]} as a tensor. */
  Operand<TInt32> shaped(int... shape) {
    return tf.concat(
        List.of(tf.reshape(parts, tf.constant(new int[] {1})), tf.constant(shape)), tf.constant(0));
  }

  @Override
  public Operand<T> of(Operand<T> value) {
    List<Operand<T>> by = new ArrayList<>();
    sources.forEach(source -> by.addAll(source.tensors()));
    List<Operand<T>> derivatives = Gradients.of(tf, value, by);
    List<Operand<T>> columns = new ArrayList<>();
    int next = 0;
    for (Source<T> source : sources) {
      int end = next + source.tensors().size();
      columns.add(source.columns().apply(derivatives.subList(next, end)));
      next = end;
    }
    // What no decision depends on, such as the input after the last one, has this column.
    columns.add(tf.fill(shaped(1), parameters.real(0)));
    return tf.concat(columns, tf.constant(1));
  }

  @Override
  public Operand<T> inOrder(Operand<T> rows) {
    int[] column = new int[parameters.size()];
    int next = 0;
    Arrays.fill(column, -1);
    for (Source<T> source : sources) {
      for (int place : source.places()) {
        if (place >= 0) {
          column[place] = next;
        }
        next++;
      }
    }
    int none = next;
    int[] order = Arrays.stream(column).map(each -> each < 0 ? none : each).toArray();
    return tf.gather(rows, tf.constant(order), tf.constant(1));
  }
}
