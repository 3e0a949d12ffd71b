package io.tandem.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Averaging begins when the validation loss has stopped to fall, not earlier and not never. */
class AverageTriggerTest {
  @Test
  void begun_lossesThatStopFalling_isSoAsPublished() {
    AverageTrigger trigger = new AverageTrigger(2);
    List<Double> losses = List.of(5.0, 4.0, 3.0, 3.5, 3.2, 3.0, 9.0);
    // 3.5 is below the best of (5, 4) without the last two; 3.2 is not below 3, but 3 is one of
    // the last two; 3.0 is not below 3.
    for (int epochs = 0; epochs <= 5; epochs++) {
      assertThat(trigger.begun(losses.subList(0, epochs))).as("%d", epochs).isFalse();
    }
    assertThat(trigger.begun(losses.subList(0, 6))).isTrue();
    assertThat(trigger.begun(losses)).isTrue();
  }

  @Test
  void begun_onceBegun_stays() {
    AverageTrigger trigger = new AverageTrigger(1);
    assertThat(trigger.begun(List.of(3.0, 2.0, 4.0))).isTrue();
    assertThat(trigger.begun(List.of(3.0, 2.0, 4.0, 1.0, 0.5))).isTrue();
    assertThat(trigger.begun(List.of(3.0, 2.0, 2.5, 1.0))).isFalse();
  }

  @Test
  void begun_withoutPatience_isNever() {
    assertThat(new AverageTrigger(0).begun(List.of(1.0, 2.0, 3.0, 4.0))).isFalse();
  }
}
