package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.report.UserError;
import io.tandem.retrain.RetrainSettings;
import io.tandem.search.DeriveSettings;
import io.tandem.search.HalvingLength;
import io.tandem.search.HalvingSettings;
import io.tandem.search.SearchRows;
import io.tandem.search.SearchSettings;
import io.tandem.search.Strategy;
import io.tandem.search.TimeShares;

/**
 * The lengths that a configuration leaves to the data: 10 passes over them, and no less than what
 * small data need, because it is steps that teach a controller and not passes.
 */
final class Sizing {
  private static final long PASSES = 10;
  private static final long LEAST_BUDGET = 1_000_000;
  private static final long LEAST_BUDGET_OF_IMAGES = 200_000;
  private static final long LEAST_RETRAINING = 60_000;
  private static final double RANKING = 0.48;
  private static final double SCORING = 0.1;
  private static final long LEAST_SCORED = 1000;
  // As many steps as a refinement can go back through.
  private static final long MOST_REFINED = 10_000_000;

  private Sizing() {}

  /**
   * The experiment with no length left open.
   *
   * @param experiment as configured
   * @param rows what a search feeds of the data
   * @throws UserError if a refinement does not fit the retraining
   */
  static Experiment of(Experiment experiment, SearchRows rows) {
    long training = rows.training();
    long validation = rows.validation();
    SearchSettings search = experiment.search();
    long budget =
        search.budget().examples() > 0
            ? search.budget().examples()
            : Math.max(leastBudget(experiment), PASSES * training);
    DeriveSettings derive = search.derive();
    long ranked = derive.examples() > 0 ? derive.examples() : share(RANKING, budget, derive.keep());
    long scored =
        derive.scoreExamples() > 0
            ? derive.scoreExamples()
            : Math.max(LEAST_SCORED, share(SCORING, budget, derive.samples()));
    HalvingSettings halving = search.halving();
    long last =
        halving.examples() > 0
            ? halving.examples()
            : HalvingLength.of(
                halving, budget, derive.batch(), rows, experiment.inner().unrollSteps());
    RetrainSettings retrain = experiment.retrain();
    long trained = retrain.withValidation() ? training + validation : training;
    RetrainSettings sized =
        retrain.examples() > 0
            ? retrain
            : retrain.withExamples(Math.max(LEAST_RETRAINING, PASSES * trained));
    requireRefinable(experiment, sized);
    return experiment.with(
        search.with(
            search.budget().with(budget, shares(experiment)),
            new DeriveSettings(
                derive.samples(),
                derive.keep(),
                ranked,
                Math.min(validation, scored),
                derive.batch()),
            halving.withExamples(last)),
        sized);
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
