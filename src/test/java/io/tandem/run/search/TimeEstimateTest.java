package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.disk.DurationText;
import io.tandem.run.task.ExperimentData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that takes long says so, and one that does not keeps quiet. */
class TimeEstimateTest {
  private static TimeEstimate estimate(double perExample, String... overrides) {
    ExperimentData data =
        ExperimentData.load(ConfigLoader.defaults(List.of(overrides)).experiment());
    return TimeEstimate.of(data.experiment(), data, data.searchStages(), perExample);
  }

  @Test
  void of_defaults_isProportionalToTheSpeed() {
    TimeEstimate fast = estimate(1e-5);
    assertThat(fast.seconds()).isBetween(5.0, 30.0);
    assertThat(estimate(1e-3).seconds()).isBetween(99.9 * fast.seconds(), 100.1 * fast.seconds());
    assertThat(fast.text(0)).isEmpty();
  }

  @Test
  void text_longRun_saysPhasesAndWhatLimitsIt() {
    assertThat(estimate(1e-2).text(0).orElseThrow())
        .matches(
            "estimate: \\d h \\d+ min on this machine \\(search .*, derivation .*, retraining .*\\);"
                + " search.budget.seconds limits it");
    assertThat(estimate(1e-2).text(900).orElseThrow()).contains("15 min", "without the limit");
    assertThat(estimate(1e-2).text(300)).isEmpty();
    assertThat(estimate(1e-2).text(1e6).orElseThrow()).startsWith("estimate: ");
  }

  @Test
  void of_largerNetworkInTheRetraining_takesLonger() {
    String space = "space=macro";
    double plain = estimate(1e-3, space, "space.macro.filters=8").retrain();
    double wide = estimate(1e-3, space, "space.macro.filters=8", "retrain.filters=16").retrain();
    assertThat(wide).isBetween(3 * plain, 4.2 * plain);
  }

  @ParameterizedTest
  @CsvSource({"5, 1 min", "600, 10 min", "3600, 1 h 0 min", "9000, 2 h 30 min", "200000, 2 d 7 h"})
  void durationText_of_hasTheTwoLargestUnits(double seconds, String expected) {
    assertThat(DurationText.of(seconds)).isEqualTo(expected);
  }
}
