package io.tandem.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.config.ConfigLoader;
import io.tandem.config.Experiment;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  })
  void of_eachStrategy_worksAndOneLessDoesNot(String strategy, int derived) {
    Experiment experiment = experiment(strategy, derived, 0);
    ExperimentData data = ExperimentData.load(experiment);
    long least = LeastBudget.of(experiment, data);
    assertThat(CheckedData.budget(data.with(experiment(strategy, derived, least))))
        .contains("in 1 step of");
    assertThatThrownBy(
            () -> CheckedData.budget(data.with(experiment(strategy, derived, least - 1))))
        .hasMessageContaining("is too small");
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
