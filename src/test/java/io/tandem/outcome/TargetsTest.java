package io.tandem.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final double[] RAW = {1, 100, 2, 1000, 4, 10};
  private static final List<String> NAMES = List.of("a", "b");

  private static Outcome.Numbers numbers(boolean logarithm) {
    return Outcome.Numbers.learn(NAMES, RAW, logarithm, RegressionLoss.squared());
  }

  @Test
  void learn_values_meanAndPopulationDeviation() {
    Outcome.Numbers outcome = numbers(false);
    assertThat(outcome.mean()).containsExactly(new double[] {7.0 / 3, 370}, within(1e-12));
    assertThat(outcome.scale()[0]).isCloseTo(Math.sqrt(14.0 / 9), within(1e-12));
    Targets.Numbers targets = Targets.Numbers.of(RAW, outcome);
    assertThat(targets.values()[0])
        .isCloseTo((float) ((1 - 7.0 / 3) / outcome.scale()[0]), within(1e-6f));
    for (int index = 0; index < RAW.length; index++) {
      assertThat(outcome.value(targets.values()[index], index % 2))
          .isCloseTo(RAW[index], within(1e-4 * RAW[index]));
    }
  }

  @Test
  void learn_logarithms_standardisesThem() {
    Outcome.Numbers outcome = numbers(true);
    assertThat(outcome.mean()[1]).isCloseTo(Math.log(100), within(1e-12));
    assertThat(outcome.standardised(100, 1)).isCloseTo(0, within(1e-12));
    assertThat(outcome.value(outcome.standardised(37, 1), 1)).isCloseTo(37, within(1e-9));
  }

  @Test
  void score_numbers_isTheMeanCoefficientOfDetermination() {
    Targets.Numbers targets = Targets.Numbers.of(RAW, numbers(false));
    // Standardised, the spread of three rows is 3.
    assertThat(targets.score(0.3, 1.5)).isCloseTo(1 - (0.1 + 0.5) / 2, within(1e-6));
    double one = targets.values()[0];
    double other = targets.values()[4];
    double spread = (one - other) * (one - other) / 2;
    assertThat(targets.score(new double[] {spread / 4, 0}, 0, 2))
        .isCloseTo((0.75 + 1) / 2, within(1e-6));
  }

  @Test
  void score_equalNumbers_areComparedWithTheTrainingPart() {
    Outcome.Numbers outcome = numbers(false);
    Targets.Numbers equal = Targets.Numbers.of(new double[] {3, 5, 3, 5, 3, 5}, outcome);
    assertThat(equal.score(0.75, 1.5)).isCloseTo(1 - (0.25 + 0.5) / 2, within(1e-6));
  }

  @Test
  void learn_tinyOrHugeNumbers_areStandardised() {
    for (double size : new double[] {1e-200, 1e-44, 1e30, 1e200}) {
      double[] raw = {size, 2 * size, 4 * size};
      Outcome.Numbers outcome =
          Outcome.Numbers.learn(List.of("a"), raw, false, RegressionLoss.squared());
      assertThat(outcome.standardised(4 * size, 0)).isCloseTo(1.3363, within(1e-4));
      assertThat(outcome.value(outcome.standardised(size, 0), 0) / size).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void guessingLoss_isOneVariance_andOfClassesThatOfEqualChances() {
    assertThat(Targets.Numbers.of(RAW, numbers(false)).guessingLoss()).isCloseTo(1, within(1e-6));
    Targets labels = new Targets.Labels(new int[] {0, 1, 1}, new Outcome.Classes(NAMES));
    assertThat(labels.guessingLoss()).isEqualTo(Math.log(2));
    assertThat(labels.score(2)).isEqualTo(2.0 / 3);
  }

  @Test
  void selectAndConcat_keepRowsTogether() {
    Targets.Numbers targets = Targets.Numbers.of(RAW, numbers(false));
    assertThat(targets.select(2, 0).values())
        .containsExactly(
            targets.values()[4], targets.values()[5], targets.values()[0], targets.values()[1]);
    assertThat(targets.select(0, 1).concat(targets.select(2))).isEqualTo(targets);
    assertThatThrownBy(() -> targets.concat(Targets.Numbers.of(RAW, numbers(true))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
