package io.tandem.search.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {
  private static final TimeShares SHARES = new TimeShares(0.4, 0.3, 0.1, 0.2, 2);

  @ParameterizedTest
  @CsvSource({
    "20, 22.9, false",
    "20, 23.1, true",
    "100, 109, false",
    "100, 111, true",
    "0, 1e6, false"
  })
  void exceeded_aTenthOrThreeSecondsMore_isNotSaid(double limit, double taken, boolean said) {
    assertThat(new Budget(1, limit, SHARES).exceeded(taken))
        .matches(text -> text.isPresent() == said);
  }

  @Test
  void exceeded_saysBothTimes() {
    assertThat(new Budget(1, 20, SHARES).exceeded(31.4).orElseThrow())
        .startsWith("the run took 31 s, more than search.budget.seconds: 20;");
  }

  /** Two searches have the time of one, and their parts of the examples are all of them. */
  @Test
  void firstAndSecond_ofTwoSearches_divideExamplesAndTime() {
    Budget budget = new Budget(1001, 102, SHARES);
    Budget first = budget.first(0.25);
    Budget second = budget.second(0.25);
    assertThat(first.examples()).isEqualTo(250);
    assertThat(second.examples()).isEqualTo(751);
    double whole = 102 - 2;
    double end = first.end(TimeShares.Phase.SEARCH, 0);
    assertThat(end).isCloseTo(0.25 * 0.4 * whole, within(1e-9));
    end = first.end(TimeShares.Phase.DERIVE, end);
    assertThat(end).isCloseTo(0.25 * 0.7 * whole, within(1e-9));
    end = second.end(TimeShares.Phase.SEARCH, end);
    assertThat(end).isCloseTo((0.25 * 0.7 + 0.75 * 0.4) * whole, within(1e-9));
    end = second.end(TimeShares.Phase.DERIVE, end);
    assertThat(end).isCloseTo(0.7 * whole, within(1e-9));
    assertThat(budget.end(TimeShares.Phase.REFINE, end))
        .isCloseTo(second.end(TimeShares.Phase.REFINE, end), within(1e-9));
  }

  @Test
  void end_ofAPhase_isItsShareOfWhatIsLeftBeforeTheTestAndTheExport() {
    Budget budget = new Budget(1, 42, SHARES);
    assertThat(budget.end(TimeShares.Phase.SEARCH, 0)).isCloseTo(16, within(1e-9));
    assertThat(budget.end(TimeShares.Phase.DERIVE, 16)).isCloseTo(28, within(1e-9));
    assertThat(budget.end(TimeShares.Phase.RETRAIN, 32)).isCloseTo(40, within(1e-9));
    assertThat(budget.keeping(8).end(TimeShares.Phase.RETRAIN, 28)).isCloseTo(32, within(1e-9));
    assertThat(new Budget(1, 2, SHARES).end(TimeShares.Phase.RETRAIN, 0))
        .isCloseTo(1.2, within(1e-9));
  }
}
