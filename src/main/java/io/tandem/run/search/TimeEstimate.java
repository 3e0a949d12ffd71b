package io.tandem.run.search;

import io.tandem.config.Experiment;
import io.tandem.disk.DurationText;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.run.task.ExperimentData;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchStage;
import io.tandem.search.plan.Strategy;
import java.util.List;
import java.util.Optional;

/**
 * How long a run will take on this machine, about: what its phases cost in examples, times what a
 * training example took.
 *
 * @param search seconds of the search
 * @param derive seconds of the derivation
 * @param retrain seconds of the retraining
 * @param readings seconds of the readings that follow it
 */
record TimeEstimate(double search, double derive, double retrain, double readings) {

  /** Of an inner loop that is differentiated, with its validation, against a training step. */
  private static final double RESPONSE = 1.5;

  /**
   * The estimate for a run that begins.
   *
   * @param experiment with no length left open
   * @param data its data
   * @param stages its searches
   * @param perExample seconds that one training example took
   */
  static TimeEstimate of(
      Experiment experiment, ExperimentData data, List<SearchStage> stages, double perExample) {
    double larger =
        (double) data.sizes(experiment.retrained()).largest()
            / data.sizes(experiment.space().architecture()).largest();
    double search = 0;
    double derive = 0;
    for (SearchStage stage : stages) {
      SearchCosts costs = stage.costs();
      double lesson = lesson(experiment, stage.settings().strategy());
      search += stage.steps() * (costs.shared() + lesson * costs.lesson());
      derive += SearchCosts.FORWARD * costs.scored() * costs.score();
      derive += (double) costs.ranked() * costs.trial() + costs.promotions();
    }
    return new TimeEstimate(
        perExample * search,
        perExample * derive,
        perExample * larger * experiment.retrain().allExamples(),
        perExample * larger * data.readings());
  }

  /** What an example of a controller's lesson takes against one of a training step. */
  private static double lesson(Experiment experiment, Strategy strategy) {
    if (!strategy.sharesWeights()) {
      return 1;
    }
    return experiment.response() instanceof ResponseSettings.None ? SearchCosts.FORWARD : RESPONSE;
  }

  /** Seconds of the whole run. */
  double seconds() {
    return search + derive + retrain + readings;
  }

  /**
   * A line for people.
   *
   * @param limit seconds that the run may take; 0 is no limit
   * @return empty for runs of less than ten minutes
   */
  Optional<String> text(double limit) {
    if (seconds() < DurationText.WORTH_SAYING || limit > 0 && limit < DurationText.WORTH_SAYING) {
      return Optional.empty();
    }
    if (limit > 0 && limit < seconds()) {
      return Optional.of(
          "estimate: "
              + DurationText.of(limit)
              + ", which search.budget.seconds limits it to; without the limit "
              + DurationText.of(seconds())
              + " on this machine");
    }
    return Optional.of(
        "estimate: "
            + DurationText.of(seconds())
            + " on this machine (search "
            + DurationText.of(search)
            + ", derivation "
            + DurationText.of(derive)
            + ", retraining "
            + DurationText.of(retrain + readings)
            + "); search.budget.seconds limits it");
  }
}
