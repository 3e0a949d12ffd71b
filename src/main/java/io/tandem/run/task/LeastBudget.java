package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.disk.UserError;
import io.tandem.search.plan.SearchSettings;
import io.tandem.search.plan.SearchStage;
import io.tandem.search.plan.Strategy;
import java.util.List;
import java.util.OptionalLong;

/** The smallest budget that pays for a step of a search and its derivation. */
public final class LeastBudget {
  /** The largest that a configuration may ask for. */
  private static final long LARGEST = 1_000_000_000_000_000L;

  private LeastBudget() {}

  /**
   * Above a budget that is too small.
   *
   * @param fails examples that are not enough
   * @param experiments searches that it is to pay for, each alone
   * @param data they run on
   * @return examples; empty if no number that is allowed is enough
   */
  public static OptionalLong above(long fails, List<Experiment> experiments, ExperimentData data) {
    // Costs of the derivation may be shares of the budget, so that there is no formula.
    long works = Math.min(LARGEST, fails + 1);
    while (!works(works, experiments, data)) {
      if (works == LARGEST) {
        return OptionalLong.empty();
      }
      works = Math.min(LARGEST, 2 * works);
    }
    long below = fails;
    while (works - below > 1) {
      long middle = (works + below) / 2;
      if (works(middle, experiments, data)) {
        works = middle;
      } else {
        below = middle;
      }
    }
    return OptionalLong.of(works);
  }

  /**
   * Refuses a budget that does not pay for a step and the derivation.
   *
   * @throws UserError with the least that does
   */
  static void require(ExperimentData data) {
    Experiment experiment = data.configured();
    if (!works(experiment, data)) {
      throw error(experiment, data, "a step and the derivation", List.of(experiment));
    }
  }

  /** Whether an experiment can pay for a step and the derivation. */
  public static boolean works(Experiment experiment, ExperimentData data) {
    ExperimentData sized = data.with(experiment);
    return experiment.search().strategy() == Strategy.GIVEN
        || sized.searchStages().stream().allMatch(SearchStage::fits);
  }

  /**
   * The error about a budget that is too small.
   *
   * @param experiment whose budget it is
   * @param data it runs on
   * @param what the budget is too small for
   * @param all experiments that the named budget has to pay for, each alone
   */
  public static UserError error(
      Experiment experiment, ExperimentData data, String what, List<Experiment> all) {
    ExperimentData sized = data.with(experiment);
    long budget = sized.experiment().search().budget().examples();
    List<SearchStage> stages = sized.searchStages();
    String lower =
        "lower "
            + stages.stream()
                .filter(stage -> !stage.fits())
                .findFirst()
                .orElse(stages.get(0))
                .costs()
                .settings();
    OptionalLong least = above(budget, all, data);
    return new UserError(
        UserError.Kind.USAGE,
        "search.budget.examples: "
            + budget
            + " is too small for "
            + what
            + (least.isEmpty()
                ? ", and so is every number up to " + LARGEST + "; " + lower
                : ", the least that works"
                    + (all.size() > 1 ? " for all arms" : "")
                    + " is "
                    + least.getAsLong()
                    + "; raise it, for example with --set search.budget.examples="
                    + least.getAsLong()
                    + ", or "
                    + lower));
  }

  private static boolean works(long examples, List<Experiment> experiments, ExperimentData data) {
    return experiments.stream().allMatch(each -> works(withBudget(each, examples), data));
  }

  private static Experiment withBudget(Experiment experiment, long examples) {
    SearchSettings search = experiment.search();
    return experiment.with(
        search.with(
            search.budget().with(examples, search.budget().shares()),
            search.derive(),
            search.halving()),
        experiment.retrain());
  }
}
