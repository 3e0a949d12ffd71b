package io.tandem.config;

import io.tandem.config.proto.Experiment;
import io.tandem.config.proto.Family;
import io.tandem.config.proto.Refine;
import io.tandem.config.proto.Strategy;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.graph.tuning.Target;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** What a refinement of the winner's optimizer does not go together with. */
final class RefineContradictions {
  private final Experiment experiment;
  private final BiConsumer<String, String> found;

  /**
   * Creates the check.
   *
   * @param experiment what is checked
   * @param found takes path and text of a problem
   */
  RefineContradictions(Experiment experiment, BiConsumer<String, String> found) {
    this.experiment = experiment;
    this.found = found;
  }

  void check() {
    Refine refine = experiment.getSearch().getRefine();
    if (refine.getSteps() == 0) {
      return;
    }
    long batch = Math.max(1, SpaceMapping.largestBatch(experiment));
    boolean known = experiment.getRetrain().getExamples() > 0;
    long whole = Math.floorDiv(experiment.getRetrain().getExamples() - 1, batch) + 1;
    if (known && refine.getHorizon() > whole) {
      found.accept(
          "search.refine.horizon",
          refine.getHorizon()
              + " is not allowed, expected at most the "
              + whole
              + " steps of the retraining; use 0 for all of them or raise retrain.examples");
    } else if (known && refine.getHorizon() == 0 && whole > Limits.MOST_REFINED_STEPS) {
      found.accept(
          "search.refine.horizon",
          "0 is not allowed with a retraining of "
              + whole
              + " steps, expected 1.."
              + Limits.MOST_REFINED_STEPS);
    }
    List<Family> families =
        Set.of(Strategy.ENAS, Strategy.GIVEN).contains(experiment.getSearch().getStrategy())
            ? List.of(experiment.getFixedOptimizer().getFamily())
            : experiment.getSpace().getOptimizer().getFamiliesList();
    List<Target> refined = TuneMapping.refined(refine);
    if (!refined.isEmpty()
        && families.stream().noneMatch(family -> refined.stream().anyMatch(has(family)))) {
      found.accept(
          "search.refine.hyperparameters",
          refined
              + ": nothing to refine, "
              + families
              + (families.size() == 1 ? " has" : " have")
              + " none of them; add LEARNING_RATE");
    }
  }

  private static Predicate<Target> has(Family family) {
    UpdateRule rule = UpdateRule.valueOf(family.name());
    return target -> target.exists(rule);
  }
}
