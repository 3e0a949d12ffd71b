package io.tandem.graph.inner;

import io.tandem.graph.gradient.Gradients;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Training steps laid out in the graph one after another, so that they can be differentiated. */
public final class UnrolledLoop {
  private UnrolledLoop() {}

  /**
   * Adds the steps.
   *
   * @param tf where they are added
   * @param problem what is trained
   * @param update how
   * @param start state before the first step
   * @param optimizers settings of every step; their number is that of the steps
   */
  public static <T extends TNumber> Trajectory<T> run(
      Ops tf,
      InnerProblem<T> problem,
      OptimizerUpdate update,
      InnerState<T> start,
      List<OptimizerTensors<T>> optimizers) {
    return run(tf, problem, update, start, optimizers, 0);
  }

  /**
   * Adds the steps, of which only the last ones can be differentiated.
   *
   * @param tf where they are added
   * @param problem what is trained
   * @param update how
   * @param start state before the first step
   * @param optimizers settings of every step; their number is that of the steps
   * @param skipped number of first steps whose result counts as constant; 0 for none
   */
  public static <T extends TNumber> Trajectory<T> run(
      Ops tf,
      InnerProblem<T> problem,
      OptimizerUpdate update,
      InnerState<T> start,
      List<OptimizerTensors<T>> optimizers,
      int skipped) {
    List<InnerState<T>> states = new ArrayList<>();
    List<Operand<T>> losses = new ArrayList<>();
    states.add(start);
    for (int step = 0; step < optimizers.size(); step++) {
      Ops scope = tf.withSubScope("step" + step);
      InnerState<T> before = states.get(step);
      if (step == skipped && skipped > 0) {
        before = before.constant(scope);
      }
      Step<T> taken = step(scope, problem, update, before, optimizers.get(step), step);
      states.add(taken.state());
      losses.add(taken.loss());
    }
    return new Trajectory<>(states, losses);
  }

  /**
   * One step taken.
   *
   * @param <T> float32 or float64
   * @param state after the step
   * @param loss training loss before the step
   */
  public record Step<T extends TNumber>(InnerState<T> state, Operand<T> loss) {}

  /**
   * Adds one step.
   *
   * @param tf where it is added
   * @param problem what is trained
   * @param update how
   * @param state before the step
   * @param optimizer settings of the step
   * @param number 0 for the first step of the loop; selects the batch
   */
  public static <T extends TNumber> Step<T> step(
      Ops tf,
      InnerProblem<T> problem,
      OptimizerUpdate update,
      InnerState<T> state,
      OptimizerTensors<T> optimizer,
      int number) {
    InnerProblem.Trained<T> trained =
        problem.train(tf, state.weights(), state.carried(), tf.constant(number));
    List<Operand<T>> gradients = Gradients.of(tf, trained.loss(), state.weights());
    List<Operand<T>> clipped = GlobalNormClip.apply(tf, optimizer, gradients);
    InnerState<T> next = update.apply(tf, optimizer, state, clipped);
    return new Step<>(next.carrying(trained.carried()), trained.loss());
  }
}
