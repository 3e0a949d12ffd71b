package io.tandem.graph.hypergradient;

import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.hypergradient.Recomputation.Backward;
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
 *
 * <p>Truncated to the last steps (Shaban et al. 2019, section 3), the state before them counts as
 * constant: cheaper, biased, and without a derivative by the initial weights.
 */
public final class Unrolled implements HypergradientEstimator {
  private final ResponseSettings.Unrolled settings;

  /** Creates the exact estimator, which keeps all activations. */
  public Unrolled() {
    this(ResponseSettings.Unrolled.exact());
  }

  /**
   * Creates the estimator.
   *
   * @param settings truncation, recomputation
   */
  public Unrolled(ResponseSettings.Unrolled settings) {
    this.settings = settings;
  }

  @Override
  public <T extends TNumber> Hypergradient<T> build(
      Ops tf, InnerProblem<T> problem, UnrolledInput<T> input, List<Operand<T>> hyperparameters) {
    Operand<T> before = problem.validationLoss(tf.withSubScope("before"), input.start().weights());
    List<Operand<T>> direct = Gradients.of(tf, before, hyperparameters);
    int steps = input.optimizers().size();
    int skipped = settings.truncate() == 0 ? 0 : Math.max(0, steps - settings.truncate());
    Trajectory<T> trajectory =
        UnrolledLoop.run(tf, problem, input.update(), input.start(), input.optimizers(), skipped);
    Backward<T> backward =
        settings.recompute()
            ? new Recomputation<>(problem, input, trajectory, hyperparameters).build(tf, skipped)
            : throughAll(tf, problem, trajectory, hyperparameters);
    List<Operand<T>> response = new ArrayList<>();
    for (int index = 0; index < direct.size(); index++) {
      response.add(tf.math.sub(backward.total().get(index), direct.get(index)));
    }
    return new Hypergradient<>(
        before, backward.loss(), direct, response, trajectory.last(), trajectory.losses());
  }

  private static <T extends TNumber> Backward<T> throughAll(
      Ops tf, InnerProblem<T> problem, Trajectory<T> trajectory, List<Operand<T>> hyperparameters) {
    Operand<T> after =
        problem.validationLoss(tf.withSubScope("after"), trajectory.last().weights());
    return new Backward<>(after, Gradients.of(tf, after, hyperparameters));
  }
}
