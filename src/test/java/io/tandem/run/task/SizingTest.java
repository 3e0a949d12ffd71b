package io.tandem.run.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tandem.config.ConfigLoader;
import io.tandem.config.Experiment;
import io.tandem.disk.UserError;
import io.tandem.search.plan.ExampleRows;
import io.tandem.search.plan.FoldedRows;
import io.tandem.search.plan.SearchCosts;
import io.tandem.search.plan.SearchStage;
import io.tandem.search.plan.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets follow the data, and the default ones pay for a search on data of any size. */
class SizingTest {
  private static Experiment sized(long training, long validation, String... overrides) {
    return Sizing.of(
        ConfigLoader.defaults(List.of(overrides)).experiment(),
        new ExampleRows(training, validation, false));
  }

  @ParameterizedTest
  @CsvSource({
    // rows, validation, budget, training from scratch, scored on, retraining
    "30, 10, 1000000, 40000, 10, 60000",
    "1078, 359, 1000000, 40000, 359, 60000",
    "21600, 7200, 1000000, 40000, 1666, 288000",
    "1000000, 333333, 10000000, 400000, 16666, 13333330",
  })
  void of_defaults_followTheData(
      long training, long validation, long budget, long ranked, long scored, long retrained) {
    Experiment experiment = sized(training, validation, "search.strategy=ENAS");
    assertThat(experiment.search().budget().examples()).isEqualTo(budget);
    assertThat(experiment.search().derive().examples()).isEqualTo(ranked);
    assertThat(experiment.search().derive().scoreExamples()).isEqualTo(scored);
    assertThat(experiment.retrain().examples()).isEqualTo(retrained);
  }

  /** As many networks as cost no more than the search, four at most. */
  @ParameterizedTest
  @CsvSource({"30, 10, 4", "15000, 5000, 4", "21600, 7200, 3", "30000, 10000, 2", "1000000, 1, 1"})
  void of_networksLeftOpen_areAsManyAsCostNoMoreThanTheSearch(
      long training, long validation, int networks) {
    assertThat(sized(training, validation, "retrain.ensemble=0").retrain().ensemble())
        .isEqualTo(networks);
    assertThat(sized(training, validation, "retrain.ensemble=7").retrain().ensemble()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"20, 5", "1000, 300", "22000, 7200", "500000, 100000", "20000000, 5000000"})
  void of_defaults_payForASearchWithEveryStrategy(int training, int validation) {
    for (Strategy strategy : Strategy.values()) {
      if (strategy == Strategy.GIVEN) {
        continue;
      }
      Experiment experiment = sized(training, validation, "search.strategy=" + strategy);
      long spent = 0;
      for (SearchStage stage :
          SearchStage.of(
              experiment.search(), new ExampleRows(training, validation, false), 2, true)) {
        assertThat(stage.steps()).as("%s", strategy).isPositive();
        spent += stage.steps() * stage.costs().step() + stage.costs().derivation();
      }
      assertThat(spent).isLessThanOrEqualTo(experiment.search().budget().examples());
      // Nothing of it is left but what does not pay for a step, or for a place on a longer rung.
      assertThat(spent).isGreaterThan((long) (0.4 * experiment.search().budget().examples()));
    }
  }

  /** All folds are paid for, by shorter trainings and fewer candidates, with every strategy. */
  @ParameterizedTest
  @CsvSource({"2", "5", "20"})
  void of_folds_payForASearchWithEveryStrategy(int folds) {
    FoldedRows rows =
        new FoldedRows(
            java.util.Collections.nCopies(
                folds, new ExampleRows(400 - 400 / folds, 400 / folds, true)));
    ExampleRows parts = new ExampleRows(300, 100, true);
    for (Strategy strategy : Strategy.values()) {
      if (strategy == Strategy.GIVEN) {
        continue;
      }
      Experiment configured =
          ConfigLoader.defaults(List.of("search.strategy=" + strategy)).experiment();
      Experiment experiment = Sizing.of(configured, rows, parts);
      long spent = 0;
      for (SearchStage stage : SearchStage.of(experiment.search(), rows, 2, true)) {
        assertThat(stage.steps()).as("%s", strategy).isPositive();
        spent += stage.steps() * stage.costs().step() + stage.costs().derivation();
      }
      assertThat(spent).isLessThanOrEqualTo(experiment.search().budget().examples());
      assertThat(spent).isGreaterThan((long) (0.4 * experiment.search().budget().examples()));
      // The winner is trained on the parts.
      assertThat(experiment.retrain().examples())
          .isEqualTo(Sizing.of(configured, parts).retrain().examples());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Share, candidates on the first rung, share of the longer rungs: half and their validations.
    "0.58, 94, 0.30",
    "0.25, 79, 0.13",
  })
  void of_jointSearch_leavesItsShareForTheDerivation(double share, int first, double longer) {
    Experiment experiment = sized(1078, 359, "search.derive.share=" + share);
    ExampleRows rows = new ExampleRows(1078, 359, false);
    SearchCosts costs = SearchCosts.of(experiment.search(), rows, 2, true);
    assertThat(costs.ranked()).isEqualTo(first);
    assertThat(costs.scored() * costs.score()).isEqualTo(16 * 359);
    assertThat((double) costs.promotions()).isCloseTo(longer * 1e6, withinPercentage(5));
    assertThat((double) costs.derivation()).isBetween(share * 1e6 - costs.trial(), share * 1e6);
  }

  /** Each of two searches divides its own part of the budget. */
  @Test
  void of_twoSearches_followTheirParts() {
    Experiment experiment =
        sized(500, 100, "search.strategy=ENAS_TUNED_ONCE", "search.first_share=0.25");
    Experiment enas = sized(500, 100, "search.strategy=ENAS", "search.budget.examples=750000");
    Experiment halving =
        sized(500, 100, "search.strategy=RANDOM_HALVING", "search.budget.examples=250000");
    assertThat(experiment.search().derive()).isEqualTo(enas.search().derive());
    assertThat(experiment.search().halving()).isEqualTo(halving.search().halving());
  }

  @Test
  void of_explicitLengths_areLeftAlone() {
    List<String> own =
        new ArrayList<>(
            List.of(
                "search.budget.examples=300000",
                "search.derive.examples=700",
                "search.derive.score_examples=90",
                "retrain.examples=8000"));
    Experiment experiment = sized(500, 100, own.toArray(String[]::new));
    assertThat(experiment.search().budget().examples()).isEqualTo(300_000);
    assertThat(experiment.search().derive().examples()).isEqualTo(700);
    assertThat(experiment.search().derive().scoreExamples()).isEqualTo(90);
    assertThat(experiment.retrain().examples()).isEqualTo(8000);
  }

  @Test
  void of_budgetAlone_dividesItself() {
    Experiment experiment = sized(500, 100, "search.budget.examples=250000");
    assertThat(experiment.search().derive().examples()).isEqualTo(10_000);
  }

  @Test
  void of_refinementLongerThanTheRetraining_isRefused() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> sized(500, 100, "search.refine.steps=1", "search.refine.horizon=1876"))
        .withMessageContaining("search.refine.horizon: 1876 is not allowed")
        .withMessageContaining("1875 steps");
  }

  @Test
  void of_timeShares_haveOnlyThePhasesOfTheRun() {
    assertThat(sized(500, 100).search().budget().shares().refine()).isZero();
    assertThat(sized(500, 100, "search.strategy=RANDOM").search().budget().shares().derive())
        .isZero();
    assertThat(sized(500, 100, "search.refine.steps=3").search().budget().shares().refine())
        .isPositive();
  }
}
