package io.tandem.run.task;

import io.tandem.config.Experiment;
import io.tandem.disk.UserError;
import io.tandem.retrain.RetrainSettings;
import io.tandem.search.plan.Budget;
import io.tandem.search.plan.DeriveSettings;
import io.tandem.search.plan.HalvingCandidates;
import io.tandem.search.plan.HalvingLength;
import io.tandem.search.plan.HalvingSettings;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchRows;
import io.tandem.search.plan.SearchSettings;
import io.tandem.search.plan.Strategy;
import io.tandem.search.plan.TimeShares;
import java.util.List;
import java.util.function.Predicate;

/**
 * The lengths that a configuration leaves to the data: 10 passes over them, and no less than what
 * small data need, because it is steps that teach a controller and not passes.
 */
final class Sizing {
  private static final long PASSES = 10;
  private static final long LEAST_BUDGET = 1_000_000;
  private static final long LEAST_BUDGET_OF_IMAGES = 200_000;
  private static final long LEAST_RETRAINING = 60_000;
  // More of them make a model slower and hardly better.
  private static final int MOST_NETWORKS = 4;
  private static final double RANKING = 0.48;
  // Of the budget, with the validations; the scoring takes the rest.
  private static final double MOST_RANKED = 0.9;
  private static final double SHORTER = 0.4;
  private static final double SCORING = 0.1;
  private static final long LEAST_SCORED = 1000;
  // As many steps as a refinement can go back through.
  private static final long MOST_REFINED = 10_000_000;

  private Sizing() {}

  /** The same where the retraining has the rows of the search. */
  static Experiment of(Experiment experiment, SearchRows rows) {
    return of(experiment, rows, rows);
  }

  /**
   * The experiment with no length left open.
   *
   * @param experiment as configured
   * @param rows what a search feeds of the data
   * @param retrained the parts that the winner is trained and judged on
   * @throws UserError if a refinement does not fit the retraining
   */
  static Experiment of(Experiment experiment, SearchRows rows, SearchRows retrained) {
    long training = rows.training();
    long validation = rows.validation();
    SearchSettings search = experiment.search();
    long budget =
        search.budget().examples() > 0
            ? search.budget().examples()
            : Math.max(leastBudget(experiment), PASSES * training);
    Budget whole = search.budget().with(budget, shares(experiment));
    List<SearchSettings> stages = search.with(whole, search.derive(), search.halving()).stages();
    long shared = examples(stages, Strategy::sharesWeights, budget);
    long halved = examples(stages, strategy -> !strategy.sharesWeights(), budget);
    DeriveSettings derive = search.derive();
    long ranked =
        derive.examples() > 0
            ? derive.examples()
            : ranked(shared / rows.folds(), derive, validation);
    long scored = Math.min(validation, scored(search, shared));
    HalvingSettings halving = halving(experiment, halved, scored, rows);
    RetrainSettings retrain = experiment.retrain();
    long trained = retrained.training() + (retrain.withValidation() ? retrained.validation() : 0);
    RetrainSettings sized =
        retrain.examples() > 0
            ? retrain
            : retrain.withExamples(Math.max(LEAST_RETRAINING, PASSES * trained));
    if (retrain.ensemble() == 0) {
      sized =
          sized.withEnsemble((int) Math.max(1, Math.min(MOST_NETWORKS, budget / sized.examples())));
    }
    requireRefinable(experiment, sized);
    return experiment.with(
        search.with(
            whole,
            new DeriveSettings(
                derive.samples(), derive.keep(), ranked, scored, derive.batch(), derive.share()),
            halving),
        sized);
  }

  private static long scored(SearchSettings search, long budget) {
    DeriveSettings derive = search.derive();
    if (derive.scoreExamples() > 0) {
      return derive.scoreExamples();
    }
    return search.strategy() == Strategy.JOINT
        ? LEAST_SCORED
        : Math.max(LEAST_SCORED, share(SCORING, budget, derive.samples()));
  }

  private static HalvingSettings halving(
      Experiment experiment, long budget, long scored, SearchRows rows) {
    HalvingSettings halving = experiment.search().halving();
    boolean joint = experiment.search().strategy() == Strategy.JOINT;
    long part = joint ? (long) (experiment.search().derive().share() * budget) : budget;
    int batch = experiment.search().derive().batch();
    int unroll = experiment.inner().unrollSteps();
    if (joint && halving.candidates() == 0) {
      HalvingSettings found = HalvingCandidates.of(halving, part, batch, rows, unroll);
      return SearchCosts.scores(found, scored) == 0
          ? found
          : HalvingCandidates.of(
              halving, part - SearchCosts.scores(found, scored), batch, rows, unroll);
    }
    long rungs = joint ? part - SearchCosts.scores(halving, scored) : part;
    return halving.examples() > 0
        ? halving
        : halving.withExamples(HalvingLength.of(halving, rungs, batch, rows, unroll));
  }

  /**
   * Where a validation costs as much as the training before it, both together have to be shorter.
   */
  private static long ranked(long budget, DeriveSettings derive, long validation) {
    long wanted = share(RANKING, budget, derive.keep());
    double cost = (double) derive.keep() * (wanted + Math.min(validation, wanted));
    return cost > MOST_RANKED * budget ? share(SHORTER, budget, derive.keep()) : wanted;
  }

  /** The budget of the search of a kind, where there are two; else that of the one. */
  private static long examples(
      List<SearchSettings> stages, Predicate<Strategy> kind, long otherwise) {
    return stages.stream()
        .filter(stage -> kind.test(stage.strategy()))
        .map(stage -> stage.budget().examples())
        .findFirst()
        .orElse(otherwise);
  }

  /** An image is worth more time than a row or a word. */
  private static long leastBudget(Experiment experiment) {
    return experiment
        .space()
        .architecture()
        .match(
            perceptrons -> LEAST_BUDGET,
            macros -> LEAST_BUDGET_OF_IMAGES,
            micros -> LEAST_BUDGET_OF_IMAGES,
            recurrents -> LEAST_BUDGET);
  }

  private static TimeShares shares(Experiment experiment) {
    Strategy strategy = experiment.search().strategy();
    return experiment
        .search()
        .budget()
        .shares()
        .of(strategy.derives(), experiment.refine().isOn(), closing(experiment));
  }

  /** Seconds in which models of a kind are put together for the test and the export. */
  private static double closing(Experiment experiment) {
    return experiment
        .space()
        .architecture()
        .match(perceptrons -> 1.5, macros -> 2.5, micros -> 4.0, recurrents -> 6.0);
  }

  private static long share(double part, long budget, int parts) {
    return Math.max(1, (long) (part * budget / parts));
  }

  private static void requireRefinable(Experiment experiment, RetrainSettings retrain) {
    if (!experiment.refine().isOn()) {
      return;
    }
    int horizon = experiment.refine().horizon();
    // The winner may have the largest batch, and with it the fewest steps.
    long steps = Math.floorDiv(retrain.examples() - 1, experiment.search().derive().batch()) + 1;
    if (horizon > steps || horizon == 0 && steps > MOST_REFINED) {
      throw new UserError(
          UserError.Kind.USAGE,
          "search.refine.horizon: "
              + horizon
              + " is not allowed with a retraining of "
              + steps
              + " steps, expected "
              + (horizon == 0 ? "1.." + MOST_REFINED : "at most as many")
              + "; change it or retrain.examples");
    }
  }
}
