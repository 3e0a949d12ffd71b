package io.tandem.graph.hypergradient;

import io.tandem.graph.core.Scalars;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.Trajectory;
import io.tandem.graph.inner.UnrolledLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The response by the implicit function theorem (Pedregosa 2016, eq. 3; Lorraine et al. 2020, eq.
 * 3): where {@code F(w, h) = 0} at the weights {@code w}, {@code dw/dh = -(∂F/∂w)⁻¹ ∂F/∂h}, so the
 * response is {@code -q · ∂F/∂h} with {@code ∂F/∂w q = ∂L_V/∂w}. {@code F} is the update's
 * stationarity condition, the weight decay included.
 *
 * <p>The weights are those after the training steps, held constant: what the steps do on the way
 * there has no part in it.
 */
final class ImplicitResponse {
  /** Solves for {@code q}. */
  interface Solver {
    /** Adds the solution. */
    <T extends TNumber> SolverReport<T> solve(Ops tf, LinearSystem<T> system);
  }

  private ImplicitResponse() {}

  static <T extends TNumber> Hypergradient<T> build(
      Ops tf,
      InnerProblem<T> problem,
      UnrolledInput<T> input,
      List<Operand<T>> hyperparameters,
      double damping,
      Solver solver) {
    Operand<T> before = problem.validationLoss(tf.withSubScope("before"), input.start().weights());
    List<Operand<T>> direct = Gradients.of(tf, before, hyperparameters);
    Trajectory<T> trajectory =
        UnrolledLoop.run(tf, problem, input.update(), input.start(), input.optimizers());
    List<Operand<T>> weights = new ArrayList<>();
    trajectory.last().weights().forEach(weight -> weights.add(tf.stopGradient(weight)));
    Operand<T> after = problem.validationLoss(tf.withSubScope("after"), weights);

    RestInput<T> rest = input.resting();
    Ops scope = tf.withSubScope("rest");
    // What the steps on the way left counts as part of the batch.
    List<Operand<T>> carried =
        trajectory.states().get(Math.min(rest.batch(), input.optimizers().size())).carried();
    Operand<T> loss =
        problem
            .train(
                scope,
                weights,
                carried.stream().<Operand<T>>map(tensor -> scope.stopGradient(tensor)).toList(),
                scope.constant(rest.batch()))
            .loss();
    List<Operand<T>> gradients = Gradients.of(scope, loss, weights);
    List<Operand<T>> conditions =
        input.update().stationarity(scope, rest.optimizer(), weights, gradients);
    WeightVector<T> layout = new WeightVector<>(scope, weights);
    // A pull that is the same for all weights costs less as a shift than in every product.
    Optional<Operand<T>> decay =
        damping > 0 ? input.update().uniformDecay(rest.optimizer()) : Optional.empty();
    LinearSystem<T> system =
        new LinearSystem<>(
            layout,
            weights,
            decay.isPresent() ? gradients : conditions,
            shift(scope, damping, decay, after.type()),
            layout.join(scope, Gradients.of(scope, after, weights)),
            rest.solution().isEmpty() ? null : layout.join(scope, rest.solution()),
            rest.tolerance());
    SolverReport<T> report = solver.solve(tf.withSubScope("solver"), system);
    List<@Nullable Operand<T>> mixed =
        Gradients.reached(tf, conditions, report.solution(), hyperparameters);
    List<Operand<T>> onward = Gradients.of(tf, after, hyperparameters);
    List<Operand<T>> response = new ArrayList<>();
    for (int index = 0; index < hyperparameters.size(); index++) {
      Operand<T> change = tf.math.sub(onward.get(index), direct.get(index));
      Operand<T> product = mixed.get(index);
      response.add(product == null ? change : tf.math.sub(change, product));
    }
    return new Hypergradient<>(
        before, after, direct, response, trajectory.last(), trajectory.losses(), report);
  }

  private static <T extends TNumber> @Nullable Operand<T> shift(
      Ops tf, double damping, Optional<Operand<T>> decay, Class<T> type) {
    if (damping == 0) {
      return null;
    }
    Operand<T> damped = Scalars.of(tf, damping, type);
    return decay.isPresent() ? tf.math.add(damped, decay.get()) : damped;
  }
}
