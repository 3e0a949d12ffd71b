package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.report.DurationText;
import io.tandem.search.SearchCosts;
import io.tandem.search.Strategy;
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
   * @param costs of the search
   * @param perExample seconds that one training example took
   */
  static TimeEstimate of(
      Experiment experiment, ExperimentData data, SearchCosts costs, double perExample) {
    double steps = costs.steps(experiment.search().budget());
    double larger =
        (double) data.sizes(experiment.retrained()).largest()
            / data.sizes(experiment.space().architecture()).largest();
    double trials = (double) costs.ranked() * costs.trial();
    double scores = SearchCosts.FORWARD * costs.scored() * costs.score();
    return new TimeEstimate(
        perExample * steps * (costs.shared() + lesson(experiment) * costs.lesson()),
        perExample * (scores + trials + costs.promotions()),
        perExample * larger * experiment.retrain().examples(),
        perExample * larger * data.readings());
  }

  /** What an example of a controller's lesson takes against one of a training step. */
  private static double lesson(Experiment experiment) {
    Strategy strategy = experiment.search().strategy();
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
