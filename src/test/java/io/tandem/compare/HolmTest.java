package io.tandem.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The correction is held against the procedure that Holm defines: reject one after another. */
class HolmTest {
  @Test
  void adjusted_atEveryLevel_rejectsWhatTheProcedureRejects() {
    SplittableRandom random = new SplittableRandom(2);
    for (int sample = 0; sample < 200; sample++) {
      double[] values = random.doubles(1 + sample % 6, 0, 0.2).toArray();
      double[] adjusted = Holm.adjusted(values);
      for (double level = 0.0005; level < 0.4; level += 0.0101) {
        for (int index = 0; index < values.length; index++) {
          assertThat(adjusted[index] <= level)
              .as(Arrays.toString(values) + " at " + level)
              .isEqualTo(isRejected(values, index, level));
        }
      }
    }
  }

  /** Holm 1979: from the smallest on, reject while it is at most the level over those left. */
  private static boolean isRejected(double[] values, int index, double level) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    for (int place = 0; place < sorted.length; place++) {
      if ((sorted.length - place) * sorted[place] > level) {
        return false;
      }
      if (sorted[place] == values[index]) {
        return true;
      }
    }
    throw new IllegalStateException();
  }

  @Test
  void adjusted_keepsTheOrderAndIsAtMostOne() {
    assertThat(Holm.adjusted(new double[] {0.04, 0.01, 0.9, 0.8}))
        .containsExactly(3 * 0.04, 4 * 0.01, 1, 1);
    assertThat(Holm.adjusted(new double[] {0.02, 0.02})).containsExactly(0.04, 0.04);
    assertThat(Holm.adjusted(new double[] {0.3})).containsExactly(0.3);
    assertThat(Holm.adjusted(new double[0])).isEmpty();
  }
}
