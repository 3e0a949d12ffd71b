package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.disk.NextCommand;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.joint.LookAhead;
import io.tandem.graph.joint.ResponseThrough;
import io.tandem.search.plan.Strategy;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSpace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds a momentum or a beta2 of which look-aheads say nothing. The first update from empty slots
 * is the gradient times the learning rate whatever the momentum is, and of Adam its sign whatever
 * beta1 is. An average of squared gradients that is corrected for its start at 0 is after one step
 * the square itself whatever its decay is. So a look-ahead of one step says nothing about any of
 * them, and neither do shared steps, each of which begins with empty slots; only the derivation
 * does.
 */
final class UnseenMomentum {
  /** The update rules whose first step does not depend on their momentum. */
  private static final Set<OptimizerFamily> BLIND =
      Set.of(
          OptimizerFamily.MOMENTUM,
          OptimizerFamily.RMSPROP,
          OptimizerFamily.ADAM,
          OptimizerFamily.ADAMW);

  /** Those that have a beta2, on which their first step does not depend. */
  private static final Set<OptimizerFamily> CORRECTED =
      Set.of(OptimizerFamily.RMSPROP, OptimizerFamily.ADAM, OptimizerFamily.ADAMW);

  private UnseenMomentum() {}

  /** What to say of an experiment; empty if there is no such hyperparameter. */
  static List<String> of(Experiment experiment) {
    boolean shared = experiment.search().joint().responseThrough() == ResponseThrough.SHARED;
    if (experiment.given().isPresent()
        || experiment.search().strategy() != Strategy.JOINT
        || experiment.search().joint().lookAhead() == LookAhead.SHAPE
        || !(experiment.response() instanceof ResponseSettings.Unrolled)
        || !shared && experiment.inner().unrollSteps() != 1) {
      return List.of();
    }
    OptimizerSpace space = experiment.space().optimizer();
    return Stream.of(
            line(space, Hyperparameter.MOMENTUM, BLIND, "0.9", shared),
            line(space, Hyperparameter.BETA2, CORRECTED, "0.999", shared))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> line(
      OptimizerSpace space,
      Hyperparameter hyperparameter,
      Set<OptimizerFamily> blind,
      String usual,
      boolean shared) {
    String families =
        space.families().stream()
            .filter(blind::contains)
            .filter(family -> !space.range(family, hyperparameter).isFixed())
            .map(OptimizerFamily::name)
            .collect(Collectors.joining(", "));
    if (families.isEmpty()) {
      return Optional.empty();
    }
    String path = "space.optimizer." + hyperparameter.key();
    return Optional.of(
        path
            + ": the search learns nothing about it before its derivation with "
            + (shared
                ? "search.response_through = SHARED, each of whose steps is a first one, because"
                : "inner.unroll_steps = 1, because")
            + " the first step of "
            + families
            + " does not depend on it; fix it, for example with "
            + NextCommand.set(path, usual)
            + ", or use "
            + (shared
                ? NextCommand.set("search.response_through", "SAMPLE")
                : NextCommand.set("inner.unroll_steps", "2")));
  }
}
