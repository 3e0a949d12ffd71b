package io.tandem.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.search.plan.DeriveSettings;
import io.tandem.search.plan.Strategy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every amount that is left out is named, and nothing is named that is not left out. */
class TimeCutsTest {
  private static final String REASON = ", as search.budget.seconds allows no more";

  @Test
  void search_withoutAStep_saysThatTheControllerHasNotLearnt() {
    assertThat(TimeCuts.search(Strategy.JOINT, 0, 23))
        .isEqualTo(
            "the search ended after 0 of 23 steps"
                + REASON
                + ": the controller has not learnt anything; allow more time");
    assertThat(TimeCuts.search(Strategy.JOINT, 4, 23)).endsWith("4 of 23 steps" + REASON);
    assertThat(TimeCuts.search(Strategy.RANDOM, 4, 23)).endsWith("4 of 23 candidates" + REASON);
  }

  @Test
  void derivation_cutShort_namesBothAmounts() {
    DeriveSettings settings = new DeriveSettings(60, 12, 100, 100, 32, 0.5);
    assertThat(TimeCuts.derivation(settings, 6, 2, 6))
        .contains(
            "the derivation scored 6 of 60 candidates and trains 2 of 12 candidates" + REASON);
    assertThat(TimeCuts.derivation(settings, 60, 2, 58))
        .contains("the derivation trains 2 of 12 candidates" + REASON);
    assertThat(TimeCuts.derivation(settings, 30, 12, 30))
        .contains("the derivation scored 30 of 60 candidates" + REASON);
  }

  @Test
  void derivation_withFewDifferentCandidates_isNotCut() {
    DeriveSettings settings = new DeriveSettings(60, 12, 100, 100, 32, 0.5);
    assertThat(TimeCuts.derivation(settings, 60, 12, 60)).isEmpty();
    assertThat(TimeCuts.derivation(settings, 60, 5, 5)).isEmpty();
  }

  @Test
  void rungs_withCandidatesLeft_namesTheFirst() {
    assertThat(TimeCuts.rungs(new SearchStrategy.Stand("rung 2", 1, 4, Optional.empty()), 3))
        .contains("the derivation trained 1 of 4 candidates on rung 2 of 3" + REASON);
    assertThat(TimeCuts.rungs(new SearchStrategy.Stand("rung 3", 4, 4, Optional.empty()), 3))
        .isEmpty();
  }
}
