package io.tandem.graph.hypergradient;

import io.tandem.graph.core.Gradients;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.Trajectory;
import io.tandem.graph.inner.UnrolledLoop;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Reverse-mode differentiation through the unrolled steps (Domke 2012; Franceschi et al. 2017,
 * section 3.1): exact, with memory proportional to the number of steps.
 */
public final class Unrolled implements HypergradientEstimator {
  @Override
  public <T extends TNumber> Hypergradient<T> build(
      Ops tf, InnerProblem<T> problem, UnrolledInput<T> input, List<Operand<T>> hyperparameters) {
    Operand<T> before = problem.validationLoss(tf.withSubScope("before"), input.start().weights());
    List<Operand<T>> direct = Gradients.of(tf, before, hyperparameters);
    Trajectory<T> trajectory =
        UnrolledLoop.run(tf, problem, input.update(), input.start(), input.optimizers());
    Operand<T> after =
        problem.validationLoss(tf.withSubScope("after"), trajectory.last().weights());
    List<Operand<T>> total = Gradients.of(tf, after, hyperparameters);
    List<Operand<T>> response = new ArrayList<>();
    for (int index = 0; index < total.size(); index++) {
      response.add(tf.math.sub(total.get(index), direct.get(index)));
    }
    return new Hypergradient<>(
        before, after, direct, response, trajectory.last(), trajectory.losses());
  }
}
