package io.tandem.graph.joint.response;

import io.tandem.graph.child.SharedWeights;
import io.tandem.graph.core.Scalars;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.family.TNumber;

/**
 * The variables of the shared response, each set in the form of the shared weights: the point, a
 * sum, the adjoint, and the points where the steps began, the first of which are the shared
 * weights.
 *
 * @param <T> type of reals
 */
final class SharedPathVariables<T extends TNumber> {
  private final Ops tf;
  private final Class<T> type;
  private final List<Variable<T>> point;
  private final List<Variable<T>> sum;
  private final List<Variable<T>> adjoint;
  private final List<List<Variable<T>>> passed = new ArrayList<>();
  private final Op start;
  private final Op clear;
  private final Op pass;
  private final List<Op> advance = new ArrayList<>();
  private final List<Op> retreat = new ArrayList<>();

  /**
   * Adds the variables.
   *
   * @param tf where they are added
   * @param child gives the shared weights and their form
   * @param type type of reals
   * @param length number of steps
   */
  SharedPathVariables(Ops tf, SharedWeights<T> child, Class<T> type, int length) {
    this.tf = tf;
    this.type = type;
    point = child.variables(type);
    sum = child.variables(type);
    adjoint = child.variables(type);
    passed.add(child.weights());
    for (int step = 1; step < length; step++) {
      passed.add(child.variables(type));
    }
    List<Op> begin = new ArrayList<>(copies(point, child.weights()));
    begin.addAll(copies(sum, child.weights()));
    begin.addAll(zeros());
    start = together(begin);
    clear = together(zeros());
    pass = together(copies(adjoint, sum));
    for (int step = 0; step < length; step++) {
      List<Op> forward = new ArrayList<>(copies(point, sum));
      if (step + 1 < length) {
        forward.addAll(copies(passed.get(step + 1), sum));
      }
      advance.add(together(forward));
      List<Op> back = new ArrayList<>(copies(point, passed.get(step)));
      back.addAll(copies(sum, adjoint));
      retreat.add(together(back));
    }
  }

  private List<Op> copies(List<Variable<T>> targets, List<? extends Operand<T>> values) {
    List<Op> copies = new ArrayList<>();
    for (int index = 0; index < targets.size(); index++) {
      copies.add(tf.assign(targets.get(index), values.get(index)));
    }
    return copies;
  }

  private List<Op> zeros() {
    List<Operand<T>> values = new ArrayList<>();
    for (Variable<T> variable : adjoint) {
      values.add(tf.fill(tf.constant(variable.shape().asArray()), Scalars.of(tf, 0, type)));
    }
    return copies(adjoint, values);
  }

  private Op together(List<Op> operations) {
    return tf.withControlDependencies(operations).noOp();
  }

  /** Where candidates take their steps. */
  List<Variable<T>> point() {
    return point;
  }

  /** What steps, and on the way back derivatives, are added to. */
  List<Variable<T>> sum() {
    return sum;
  }

  /** Derivative of the judgement by the weights. */
  List<Variable<T>> adjoint() {
    return adjoint;
  }

  /** Point and sum become the shared weights, the adjoint 0. */
  Op start() {
    return start;
  }

  /** The adjoint becomes 0. */
  Op clear() {
    return clear;
  }

  /** The point becomes the sum, after the step of that number. */
  Op advance(int step) {
    return advance.get(step);
  }

  /** The point becomes that where the step began, the sum the adjoint. */
  Op retreat(int step) {
    return retreat.get(step);
  }

  /** The adjoint becomes the sum. */
  Op pass() {
    return pass;
  }

  /** Names of the variables that are made here: nothing in them outlives a look-ahead. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    List<Variable<T>> all = new ArrayList<>(point);
    all.addAll(sum);
    all.addAll(adjoint);
    passed.subList(1, passed.size()).forEach(all::addAll);
    all.forEach(variable -> names.add(variable.op().name()));
    return names;
  }
}
