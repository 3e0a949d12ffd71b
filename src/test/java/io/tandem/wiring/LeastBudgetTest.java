package io.tandem.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.config.ConfigLoader;
import io.tandem.config.Experiment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is told the least budget tries it: it has to work, and nothing below may. */
class LeastBudgetTest {
  @ParameterizedTest
  @CsvSource({
    "JOINT, 0",
    "JOINT, 640",
    "ENAS, 0",
    "RANDOM, 0",
    "RANDOM, 640",
    "NAS, 0",
    "JOINT_HALVING, 0",
    "EVOLUTION, 0",
  })
  void of_eachStrategy_worksAndOneLessDoesNot(String strategy, int derived) {
    Experiment experiment = experiment(strategy, derived, 0);
    ExperimentData data = ExperimentData.load(experiment);
    long least = LeastBudget.above(0, List.of(experiment), data).orElseThrow();
    assertThat(CheckedData.budget(data.with(experiment(strategy, derived, least))))
        .contains(": 1 search step");
    assertThatThrownBy(
            () -> CheckedData.budget(data.with(experiment(strategy, derived, least - 1))))
        .hasMessageContaining("is too small");
  }

  /** Where the length is left open, it is one that the budget pays for if there is any. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void above_halvingOfEveryShape_worksAndFitsWheneverALengthDoes(int rungs) {
    ExperimentData data = ExperimentData.load(halving(rungs, 2, 1, 0, 1000));
    for (int reduction : List.of(2, 3, 16)) {
      for (int keep : List.of(1, 4, 100)) {
        long least =
            LeastBudget.above(0, List.of(halving(rungs, reduction, keep, 0, 1)), data)
                .orElseThrow();
        for (long budget : List.of(least - 1, least, least + 1, 2 * least, 10 * least)) {
          String shape = rungs + " " + reduction + " " + keep + " " + budget;
          boolean shortest = LeastBudget.works(halving(rungs, reduction, keep, 1, budget), data);
          boolean open = LeastBudget.works(halving(rungs, reduction, keep, 0, budget), data);
          assertThat(open).as(shape).isEqualTo(shortest).isEqualTo(budget >= least);
        }
      }
    }
  }

  @Test
  void require_tooSmallAHalving_namesItsSettingsAndABudgetThatWorks() {
    ExperimentData data = ExperimentData.load(halving(8, 3, 4, 0, 1000));
    assertThatThrownBy(() -> LeastBudget.require(data))
        .hasMessageMatching(
            "search.budget.examples: 1000 is too small for a step and the derivation, the least"
                + " that works is (\\d+); raise it, for example with --set"
                + " search.budget.examples=\\1, or lower search.halving.keep,"
                + " search.halving.rungs or search.halving.examples");
  }

  @Test
  void require_moreThanAnyBudgetPaysFor_saysSo() {
    ExperimentData data = ExperimentData.load(halving(8, 2, 1000, 1_000_000_000_000L, 1_000_000));
    assertThatThrownBy(() -> LeastBudget.require(data))
        .hasMessageContaining(
            "and so is every number up to 1000000000000000; lower search.halving");
  }

  private static Experiment halving(
      int rungs, int reduction, int keep, long examples, long budget) {
    return ConfigLoader.defaults(
            List.of(
                "search.strategy=JOINT_HALVING",
                "search.halving.rungs=" + rungs,
                "search.halving.reduction=" + reduction,
                "search.halving.keep=" + keep,
                "search.halving.examples=" + examples,
                "search.budget.examples=" + budget))
        .experiment();
  }

  private static Experiment experiment(String strategy, int derived, long budget) {
    return ConfigLoader.defaults(
            List.of(
                "search.strategy=" + strategy,
                "search.derive.examples=" + derived,
                "search.budget.examples=" + budget))
        .experiment();
  }
}
