package io.tandem.graph.hypergradient.reversible;

import io.tandem.graph.gradient.Gradients;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The graph: one step there, one step back, and the outer loss between them. The gradient of the
 * training loss is there once and serves both directions, so both see the same operations.
 *
 * @param <T> type of losses and adjoints
 */
final class ReversibleSteps<T extends TNumber> {
  final Placeholder<TInt32> step;
  final Placeholder<TFloat64> coefficients;
  final List<Cell<T>> cells = new ArrayList<>();
  final List<StateVariable<T>> accumulators = new ArrayList<>();

  /** Sets the state before the first step. */
  final List<Op> begin = new ArrayList<>();

  /**
   * The step there: assignments, training loss, norms {@code [3 * variables]} and, which costs
   * more, misses {@code [2 * variables]}.
   */
  final List<Op> forward = new ArrayList<>();

  final Operand<T> trainingLoss;
  final Operand<TFloat64> norms;

  final Operand<TFloat64> misses;

  /** The outer loss: assignments that start the adjoints, its value, direct derivatives. */
  final List<Op> judge = new ArrayList<>();

  final Operand<T> outerLoss;
  final List<Operand<T>> direct = new ArrayList<>();

  /** The first half of the step back, with products {@code [variables]}. */
  final List<Op> moveBack = new ArrayList<>();

  final Operand<T> moveProducts;

  /** The second half of the step back, with products {@code [variables, 3]}. */
  final List<Op> reverse = new ArrayList<>();

  final Operand<T> products;

  /** For every variable the low word of the buffer, and the operations that move it. */
  final List<Operand<TInt32>> words = new ArrayList<>();

  final List<List<Op>> spill = new ArrayList<>();
  final List<Op> unspill = new ArrayList<>();

  private final Ops tf;

  ReversibleSteps(Ops tf, ReversibleInput<T> input) {
    this.tf = tf;
    int layers = input.layers();
    step = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    coefficients =
        tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(layers, StepCoefficients.FED)));
    List<LayerScalars<T>> scalars = LayerScalars.of(tf, coefficients, layers, input.type());
    for (TrainedVariable variable : input.variables()) {
      Ops scope = tf.withSubScope("variable");
      cells.add(new Cell<>(scope, variable, scalars.get(variable.layer()), input.type()));
    }
    for (Operand<T> hyperparameter : input.hyperparameters()) {
      accumulators.add(new StateVariable<>(tf, hyperparameter.shape(), input.type()));
    }
    List<Operand<T>> weights = cells.stream().map(cell -> cell.weights).toList();
    trainingLoss = input.problem().trainingLoss(tf.withSubScope("training"), weights, step);
    List<Operand<T>> gradients = Gradients.of(tf, trainingLoss, weights);
    List<RangeCheck.Tensors> checks = new ArrayList<>();
    List<Operand<T>> moves = new ArrayList<>();
    for (int index = 0; index < cells.size(); index++) {
      Cell<T> cell = cells.get(index);
      begin.addAll(cell.begin());
      checks.add(cell.forward(gradients.get(index), forward));
      moves.add(cell.moveBack(moveBack));
      List<Op> out = new ArrayList<>();
      words.add(cell.spill(out));
      spill.add(out);
      unspill.add(cell.unspill());
    }
    norms = tf.stack(checks.stream().flatMap(check -> check.norms().stream()).toList());
    misses = tf.stack(checks.stream().flatMap(check -> check.misses().stream()).toList());
    moveProducts = tf.stack(moves);
    outerLoss = input.problem().validationLoss(tf.withSubScope("outer"), weights);
    judge(weights, input.hyperparameters());
    products = reverse(weights, gradients, input.hyperparameters());
  }

  private void judge(List<Operand<T>> weights, List<Operand<T>> hyperparameters) {
    List<Operand<T>> by = new ArrayList<>(weights);
    by.addAll(hyperparameters);
    List<Operand<T>> derivatives = Gradients.of(tf, outerLoss, by);
    for (int index = 0; index < cells.size(); index++) {
      judge.add(cells.get(index).weightAdjoint.assign(tf, derivatives.get(index)));
      judge.add(cells.get(index).velocityAdjoint.clear(tf));
    }
    accumulators.forEach(accumulator -> judge.add(accumulator.clear(tf)));
    direct.addAll(derivatives.subList(cells.size(), derivatives.size()));
  }

  private Operand<T> reverse(
      List<Operand<T>> weights, List<Operand<T>> gradients, List<Operand<T>> hyperparameters) {
    List<Operand<T>> full = new ArrayList<>();
    List<Operand<T>> parts = new ArrayList<>();
    for (int index = 0; index < cells.size(); index++) {
      Cell<T> cell = cells.get(index);
      full.add(cell.fullVelocityAdjoint());
      parts.add(cell.curved(full.get(index), gradients.get(index)));
    }
    // One backward pass of c·du·g gives all second derivatives: by weights and hyperparameters.
    List<Operand<T>> by = new ArrayList<>(weights);
    by.addAll(hyperparameters);
    List<Operand<T>> second = Gradients.of(tf, tf.math.addN(parts), by);
    List<Operand<T>> rows = new ArrayList<>();
    for (int index = 0; index < cells.size(); index++) {
      Cell<T> cell = cells.get(index);
      rows.add(
          tf.stack(
              cell.reverse(gradients.get(index), full.get(index), second.get(index), reverse)));
    }
    for (int index = 0; index < accumulators.size(); index++) {
      StateVariable<T> accumulator = accumulators.get(index);
      Operand<T> more = second.get(cells.size() + index);
      reverse.add(accumulator.assign(tf, tf.math.sub(accumulator.value(), more)));
    }
    return tf.stack(rows);
  }
}
