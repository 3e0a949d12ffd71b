package io.tandem.config;

import io.tandem.config.proto.ArchitectureGradient;
import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Family;
import io.tandem.config.proto.FamilyRanges;
import io.tandem.config.proto.OptimizerSpace;
import io.tandem.config.proto.Range;
import io.tandem.config.proto.RangesByFamily;
import io.tandem.config.proto.Response;
import io.tandem.config.proto.ResponseThrough;
import io.tandem.config.proto.Search;
import io.tandem.config.proto.Strategy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the ways in which a child teaches the controller do not go together with. */
final class JointContradictions {
  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  JointContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    checkResponse();
    checkVisible();
    Strategy strategy = experiment.getSearch().getStrategy();
    boolean shared = strategy == Strategy.JOINT || strategy == Strategy.ENAS;
    if (experiment.getSearch().getArchitectureGradient() == ArchitectureGradient.GATES && !shared) {
      found.accept(
          "search.architecture_gradient",
          "GATES contradicts strategy "
              + strategy
              + ", which trains every candidate from scratch; use SCORE or strategy JOINT or ENAS");
    }
  }

  private void checkResponse() {
    if (experiment.getSearch().getResponseThrough() != ResponseThrough.SHARED) {
      return;
    }
    String path = "search.response_through";
    Strategy strategy = experiment.getSearch().getStrategy();
    Response response = experiment.getResponse();
    if (strategy != Strategy.JOINT) {
      found.accept(
          path,
          "SHARED contradicts strategy "
              + strategy
              + ", which has no response; use SAMPLE or strategy JOINT");
    } else if (!response.hasUnrolled()) {
      found.accept(
          path,
          "SHARED contradicts response "
              + response.getEstimatorCase().name().toLowerCase(Locale.ROOT)
              + "; use --set response=unrolled or response_through SAMPLE");
    } else if (response.getUnrolled().getTruncate() > 0) {
      found.accept(
          "response.unrolled.truncate",
          response.getUnrolled().getTruncate()
              + " contradicts search.response_through SHARED, which goes back through every step;"
              + " use 0 or SAMPLE");
    }
  }

  /**
   * The first update from empty slots is the gradient times the learning rate whatever the momentum
   * is, and of Adam its sign whatever beta1 is; so one step says nothing about either.
   */
  private void checkVisible() {
    if (experiment.getSearch().getStrategy() != Strategy.JOINT
        || !experiment.getResponse().hasUnrolled()
        || experiment.getSearch().getLookAhead() == Search.LookAhead.SHAPE
        || experiment.getInner().getUnrollSteps() != 1) {
      return;
    }
    OptimizerSpace space = experiment.getSpace().getOptimizer();
    RangesByFamily own = space.getByFamily();
    Map<Family, FamilyRanges> blind =
        Map.of(
            Family.MOMENTUM, own.getMomentum(),
            Family.RMSPROP, own.getRmsprop(),
            Family.ADAM, own.getAdam(),
            Family.ADAMW, own.getAdamw());
    List<String> searched =
        space.getFamiliesList().stream()
            .filter(family -> searches(space, blind.get(family)))
            .map(Family::name)
            .toList();
    if (!searched.isEmpty()) {
      found.accept(
          "space.optimizer.momentum",
          "cannot be searched with inner.unroll_steps = 1: the first step of "
              + String.join(", ", searched)
              + " does not depend on it; fix it (min = max), or use inner.unroll_steps 2 or more");
    }
  }

  /** Whether momentum has more than one value for an update rule that does not show it. */
  private static boolean searches(OptimizerSpace space, @Nullable FamilyRanges own) {
    if (own == null) {
      return false;
    }
    Range range = own.hasMomentum() ? own.getMomentum() : space.getMomentum();
    return range.getMin() != range.getMax();
  }
}
