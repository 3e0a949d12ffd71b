package io.tandem.graph.inner;

import io.tandem.graph.core.Gradients;
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
    List<InnerState<T>> states = new ArrayList<>();
    List<Operand<T>> losses = new ArrayList<>();
    InnerState<T> state = start;
    states.add(state);
    for (int step = 0; step < optimizers.size(); step++) {
      OptimizerTensors<T> optimizer = optimizers.get(step);
      Ops scope = tf.withSubScope("step" + step);
      Operand<T> loss = problem.trainingLoss(scope, state.weights(), scope.constant(step));
      List<Operand<T>> gradients = Gradients.of(scope, loss, state.weights());
      List<Operand<T>> clipped = GlobalNormClip.apply(scope, optimizer, gradients);
      state = update.apply(scope, optimizer, state, clipped);
      states.add(state);
      losses.add(loss);
    }
    return new Trajectory<>(states, losses);
  }
}
