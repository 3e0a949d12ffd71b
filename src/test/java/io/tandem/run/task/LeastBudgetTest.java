package io.tandem.run.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.config.ConfigLoader;
import io.tandem.config.Experiment;
import io.tandem.disk.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        .containsPattern(": 1 (search step|candidate is trained)");
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

  /** Lengths that are left open are other ones with the budget that is named. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "search.strategy=ENAS",
        "search.strategy=ENAS_TUNED_ONCE search.first_share=0.95",
        "search.derive.samples=1000",
        "search.derive.share=0.95",
        "search.derive.keep=50",
        "search.strategy=RANDOM",
      })
  void require_openLengths_namesABudgetThatWorks(String overrides) {
    List<String> settings = new ArrayList<>(List.of(overrides.split(" ")));
    settings.add("search.budget.examples=100");
    ExperimentData data = load(settings);
    Matcher named = Pattern.compile("works is (\\d+);").matcher(refused(data));
    assertThat(named.find()).isTrue();
    long least = Long.parseLong(named.group(1));
    settings.set(settings.size() - 1, "search.budget.examples=" + least);
    assertThat(CheckedData.budget(load(settings))).startsWith("budget: ");
    settings.set(settings.size() - 1, "search.budget.examples=" + (least - 1));
    assertThat(refused(load(settings))).contains("is too small");
  }

  private static ExperimentData load(List<String> settings) {
    return ExperimentData.load(ConfigLoader.defaults(settings).experiment());
  }

  private static String refused(ExperimentData data) {
    return Objects.requireNonNull(
        catchThrowableOfType(UserError.class, () -> CheckedData.budget(data)).getMessage());
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
