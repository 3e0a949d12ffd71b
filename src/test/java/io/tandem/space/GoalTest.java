package io.tandem.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What a run is judged by decides which candidate wins and what the controller learns. */
class GoalTest {
  @Test
  void reward_perplexity80_isOne() {
    assertThat(Goal.PERPLEXITY.reward(Math.log(80))).isCloseTo(1, within(1e-12));
    assertThat(Goal.PERPLEXITY.reward(Math.log(160))).isCloseTo(0.5, within(1e-12));
    assertThat(Goal.ACCURACY.reward(2.5)).isEqualTo(-2.5);
  }

  @Test
  void loss_ofAReward_isTheLossThatHasIt() {
    for (Goal goal : Goal.values()) {
      assertThat(goal.loss(goal.reward(4.25))).isCloseTo(4.25, within(1e-12));
    }
  }

  @Test
  void isBetter_perplexity_isLess() {
    assertThat(Goal.PERPLEXITY.isBetter(90, 100)).isTrue();
    assertThat(Goal.PERPLEXITY.isBetter(100, 90)).isFalse();
    assertThat(Goal.ACCURACY.isBetter(0.9, 0.8)).isTrue();
    assertThat(Goal.ACCURACY.isBetter(Double.NaN, 0.8)).isFalse();
    assertThat(Goal.PERPLEXITY.isBetter(Double.NaN, 90)).isFalse();
  }

  @Test
  void figure_isWhatPeopleRead() {
    assertThat(Goal.PERPLEXITY.figure(Math.log(120), 0.3)).isCloseTo(120, within(1e-9));
    assertThat(Goal.ACCURACY.figure(0.5, 0.3)).isEqualTo(0.3);
    assertThat(Goal.PERPLEXITY.text()).isEqualTo("perplexity");
  }
}
