package io.tandem.graph.tuning;

import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.core.ManyInputs;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The state of a training as one vector: the weights in the order of the network, then the slots
 * that the update rule uses.
 *
 * @param network the network
 * @param rule the update rule
 */
record StateVector(PerceptronNetwork network, UpdateRule rule) {
  /** Number of elements. */
  long size() {
    return parts() * network.shapes().stream().mapToLong(Shape::size).sum();
  }

  /** Weights and slots as tensors. */
  <T extends TNumber> List<Operand<T>> cut(Ops tf, Operand<T> vector) {
    List<Shape> shapes = new ArrayList<>();
    for (int part = 0; part < parts(); part++) {
      shapes.addAll(network.shapes());
    }
    int[] sizes = shapes.stream().mapToInt(shape -> Math.toIntExact(shape.size())).toArray();
    List<? extends Operand<T>> rows =
        tf.splitV(vector, tf.constant(sizes), tf.constant(0), (long) sizes.length).output();
    List<Operand<T>> tensors = new ArrayList<>();
    for (int index = 0; index < sizes.length; index++) {
      tensors.add(tf.reshape(rows.get(index), tf.constant(shapes.get(index).asArray())));
    }
    return tensors;
  }

  /** The vector of tensors in the shapes that {@link #cut} gives. */
  <T extends TNumber> Operand<T> join(Ops tf, List<Operand<T>> tensors) {
    Operand<TInt32> row = tf.constant(new int[] {-1});
    List<Operand<T>> rows = new ArrayList<>();
    tensors.forEach(tensor -> rows.add(tf.reshape(tensor, row)));
    return ManyInputs.concat(tf, rows);
  }

  /** The vector before the first step: slots are 0. */
  <T extends TNumber> Operand<T> fresh(Ops tf, List<Operand<T>> weights) {
    List<Operand<T>> tensors = new ArrayList<>(weights);
    for (int part = 1; part < parts(); part++) {
      weights.forEach(weight -> tensors.add(tf.zerosLike(weight)));
    }
    return join(tf, tensors);
  }

  /**
   * The state that an update takes; slots that its rule does not use are 0.
   *
   * @param tf where the zeros are added
   * @param tensors as {@link #cut} gives them
   * @param taken steps taken so far, scalar
   */
  <T extends TNumber> InnerState<T> state(Ops tf, List<Operand<T>> tensors, Operand<T> taken) {
    int count = network.shapes().size();
    List<Operand<T>> weights = tensors.subList(0, count);
    List<Operand<T>> zeros =
        weights.stream().<Operand<T>>map(weight -> tf.zerosLike(weight)).toList();
    List<Operand<T>> first = rule.hasMomentum() ? tensors.subList(count, 2 * count) : zeros;
    List<Operand<T>> second =
        rule.hasSecondMoment() ? tensors.subList((parts() - 1) * count, parts() * count) : zeros;
    return new InnerState<>(weights, first, second, taken);
  }

  /** What of a state goes into the vector. */
  <T extends TNumber> List<Operand<T>> tensors(InnerState<T> state) {
    List<Operand<T>> tensors = new ArrayList<>(state.weights());
    if (rule.hasMomentum()) {
      tensors.addAll(state.first());
    }
    if (rule.hasSecondMoment()) {
      tensors.addAll(state.second());
    }
    return tensors;
  }

  private int parts() {
    return 1 + (rule.hasMomentum() ? 1 : 0) + (rule.hasSecondMoment() ? 1 : 0);
  }
}
