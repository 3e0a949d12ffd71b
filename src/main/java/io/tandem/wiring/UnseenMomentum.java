package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.joint.LookAhead;
import io.tandem.report.NextCommand;
import io.tandem.search.Strategy;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSpace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a momentum that is searched but cannot be learned. The first update from empty slots is the
 * gradient times the learning rate whatever the momentum is, and of Adam its sign whatever beta1
 * is; so a look-ahead of one step says nothing about either.
 */
final class UnseenMomentum {
  /** The update rules whose first step does not depend on their momentum. */
  private static final Set<OptimizerFamily> BLIND =
      Set.of(
          OptimizerFamily.MOMENTUM,
          OptimizerFamily.RMSPROP,
          OptimizerFamily.ADAM,
          OptimizerFamily.ADAMW);

  private UnseenMomentum() {}

  /** What to say of an experiment; empty if there is no such momentum. */
  static List<String> of(Experiment experiment) {
    if (experiment.given().isPresent()
        || experiment.search().strategy() != Strategy.JOINT
        || experiment.search().joint().lookAhead() == LookAhead.SHAPE
        || !(experiment.response() instanceof ResponseSettings.Unrolled)
        || experiment.inner().unrollSteps() != 1) {
      return List.of();
    }
    OptimizerSpace space = experiment.space().optimizer();
    String families =
        space.families().stream()
            .filter(BLIND::contains)
            .filter(family -> !space.range(family, Hyperparameter.MOMENTUM).isFixed())
            .map(OptimizerFamily::name)
            .collect(Collectors.joining(", "));
    return Optional.of(families).filter(found -> !found.isEmpty()).stream()
        .map(
            found ->
                "space.optimizer.momentum: stays as it is drawn with inner.unroll_steps = 1, because"
                    + " the first step of "
                    + found
                    + " does not depend on it; fix it, for example with "
                    + NextCommand.set("space.optimizer.momentum", "0.9")
                    + ", or use "
                    + NextCommand.set("inner.unroll_steps", "2"))
        .toList();
  }
}
