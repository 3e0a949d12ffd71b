package io.tandem.graph.hypergradient;

import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.Trajectory;
import io.tandem.graph.inner.UnrolledLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The backward pass through an unrolled loop that keeps only the states between the steps (Chen et
 * al. 2016, with one segment per step): each step is computed a second time, from the state kept
 * before it and not before the derivative by the state after it is there, and that copy is
 * differentiated. The activations of the first pass are free as soon as that pass has used them.
 *
 * @param <T> float32 or float64
 */
final class Recomputation<T extends TNumber> {
  private final InnerProblem<T> problem;
  private final UnrolledInput<T> input;
  private final Trajectory<T> trajectory;
  private final List<Operand<T>> hyperparameters;
  private final List<@Nullable Operand<T>> sums;

  Recomputation(
      InnerProblem<T> problem,
      UnrolledInput<T> input,
      Trajectory<T> trajectory,
      List<Operand<T>> hyperparameters) {
    this.problem = problem;
    this.input = input;
    this.trajectory = trajectory;
    this.hyperparameters = hyperparameters;
    this.sums = new ArrayList<>(Collections.nCopies(hyperparameters.size(), null));
  }

  /**
   * The outer loss and its derivative by every hyperparameter.
   *
   * @param loss scalar
   * @param total one tensor per hyperparameter
   */
  record Backward<T extends TNumber>(Operand<T> loss, List<Operand<T>> total) {}

  /**
   * Adds the pass.
   *
   * @param tf where it is added
   * @param first the first step that is differentiated
   */
  Backward<T> build(Ops tf, int first) {
    InnerState<T> end = trajectory.last().constant(tf);
    Operand<T> loss = problem.validationLoss(tf.withSubScope("after"), end.weights());
    List<@Nullable Operand<T>> seeds =
        pull(tf, List.of(loss), List.of(tf.onesLike(loss)), tensors(end));
    Ops scope = tf.withSubScope("again");
    for (int step = input.optimizers().size() - 1; step >= first; step--) {
      Ops late = after(scope, seeds);
      InnerState<T> before = trajectory.states().get(step).constant(late);
      InnerState<T> next =
          UnrolledLoop.step(
                  late, problem, input.update(), before, input.optimizers().get(step), step)
              .state();
      seeds = pull(late, tensors(next), seeds, tensors(before));
    }
    if (first == 0) {
      pull(tf, tensors(input.start()), seeds, List.of());
    }
    List<Operand<T>> total = new ArrayList<>();
    for (int index = 0; index < sums.size(); index++) {
      Operand<T> sum = sums.get(index);
      total.add(sum == null ? tf.zerosLike(hyperparameters.get(index)) : sum);
    }
    return new Backward<>(loss, total);
  }

  /** Adds to the sums what reaches the hyperparameters; returns what reaches the state. */
  private List<@Nullable Operand<T>> pull(
      Ops tf,
      List<Operand<T>> values,
      List<? extends @Nullable Operand<T>> seeds,
      List<Operand<T>> state) {
    List<Operand<T>> reached = new ArrayList<>();
    List<Operand<T>> by = new ArrayList<>();
    for (int index = 0; index < values.size(); index++) {
      Operand<T> seed = seeds.get(index);
      if (seed != null) {
        reached.add(values.get(index));
        by.add(seed);
      }
    }
    List<Operand<T>> targets = Stream.concat(state.stream(), hyperparameters.stream()).toList();
    List<@Nullable Operand<T>> derivatives = Gradients.reached(tf, reached, by, targets);
    for (int index = 0; index < sums.size(); index++) {
      Operand<T> derivative = derivatives.get(state.size() + index);
      Operand<T> sum = sums.get(index);
      if (derivative != null) {
        sums.set(index, sum == null ? derivative : tf.math.add(sum, derivative));
      }
    }
    return derivatives.subList(0, state.size());
  }

  private static <T extends TNumber> Ops after(Ops tf, List<@Nullable Operand<T>> seeds) {
    List<Op> arrived = new ArrayList<>();
    seeds.stream().filter(Objects::nonNull).forEach(arrived::add);
    return tf.withControlDependencies(List.of(tf.withControlDependencies(arrived).noOp()));
  }

  private static <T extends TNumber> List<Operand<T>> tensors(InnerState<T> state) {
    return Stream.of(state.weights(), state.slots(), state.carried())
        .flatMap(List::stream)
        .toList();
  }
}
