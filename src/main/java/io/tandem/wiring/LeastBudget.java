package io.tandem.wiring;

import io.tandem.config.Experiment;
import io.tandem.search.SearchCosts;
import io.tandem.search.SearchSettings;
import io.tandem.search.Strategy;

/** The smallest budget that pays for a step of a search and its derivation. */
final class LeastBudget {
  private static final long LARGEST = 1L << 50;

  private LeastBudget() {}

  /**
   * That of an experiment.
   *
   * @param experiment as configured
   * @param data it runs on
   * @return examples; 0 if nothing is searched
   */
  static long of(Experiment experiment, ExperimentData data) {
    if (experiment.search().strategy() == Strategy.GIVEN) {
      return 0;
    }
    // Costs of the derivation may be shares of the budget, so that there is no formula.
    long works = 1;
    while (works < LARGEST && !works(works, experiment, data)) {
      works *= 2;
    }
    long fails = works / 2;
    while (works - fails > 1) {
      long middle = (works + fails) / 2;
      if (works(middle, experiment, data)) {
        works = middle;
      } else {
        fails = middle;
      }
    }
    return works;
  }

  /** Whether a number of examples is enough. */
  private static boolean works(long examples, Experiment experiment, ExperimentData data) {
    SearchSettings search = experiment.search();
    Experiment other =
        experiment.with(
            search.with(
                search.budget().with(examples, search.budget().shares()),
                search.derive(),
                search.halving()),
            experiment.retrain());
    SearchCosts costs = data.with(other).searchCosts();
    return examples - costs.derivation() >= costs.step();
  }
}
