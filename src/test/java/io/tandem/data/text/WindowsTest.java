package io.tandem.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.DataException;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * The state that a window hands on is of use only if the next window goes on at the same place; an
 * evaluation that leaves tokens out or counts them twice gives another perplexity.
 */
class WindowsTest {
  @Test
  void starts_smallText_areThoseByHand() {
    // 2 streams of 6 inputs: 0..5 and 6..11; targets 1..6 and 7..12; token 13 is left.
    Windows windows = new Windows(14, 2, 3);
    assertThat(windows.steps()).isEqualTo(6);
    assertThat(windows.count()).isEqualTo(2);
    assertThat(windows.starts(0)).containsExactly(0, 6);
    assertThat(windows.starts(1)).containsExactly(3, 9);
    assertThat(windows.starts(2)).containsExactly(0, 6);
    assertThat(windows.starts(1_000_000_000_001L)).containsExactly(3, 9);
    assertThat(windows.first(0)).isTrue();
    assertThat(windows.first(1)).isFalse();
    assertThat(windows.first(1_000_000_000_000L)).isTrue();
    assertThat(windows.startsAt(5)).containsExactly(5, 11);
  }

  @Property(tries = 300)
  void starts_onePass_goesOnWhereItEndedAndNeverOverlaps(
      @ForAll @IntRange(min = 2, max = 300) int tokens,
      @ForAll @IntRange(min = 1, max = 9) int streams,
      @ForAll @IntRange(min = 1, max = 9) int length) {
    Assume.that(tokens > streams * length);
    Windows windows = new Windows(tokens, streams, length);
    int[] seen = new int[tokens];
    for (int window = 0; window < windows.count(); window++) {
      int[] starts = windows.starts(window);
      assertThat(starts).hasSize(streams);
      assertThat(windows.first(window)).isEqualTo(window == 0);
      for (int stream = 0; stream < streams; stream++) {
        assertThat(starts[stream])
            .isEqualTo(windows.starts(0)[stream] + window * length)
            .isBetween(0, tokens - length - 1);
        for (int time = 0; time < length; time++) {
          seen[starts[stream] + time]++;
        }
      }
    }
    assertThat(seen).containsOnly(0, 1).endsWith(0);
    // Fewer than a window of each stream and a target of each are left.
    assertThat(tokens - streams * length * windows.count())
        .isLessThanOrEqualTo(streams * length + streams);
  }

  @Test
  void of_shortText_isRefusedWithWhatIsNeeded() {
    assertThat(
            catchThrowableOfType(
                DataException.class, () -> Windows.of("validation part", 700, 20, 35)))
        .hasMessage(
            "validation part: 700 tokens, expected at least 701 for one window of 35 tokens in each"
                + " of 20 streams; use a smaller batch, a shorter window or a longer text");
    assertThat(Windows.of("validation part", 701, 20, 35).count()).isEqualTo(1);
    assertThat(catchThrowableOfType(DataException.class, () -> Windows.of("text", 5, 65536, 65536)))
        .hasMessageContaining("expected at least 4294967297");
  }

  @Test
  void windows_impossible_areRefused() {
    Windows windows = new Windows(7, 2, 3);
    for (Runnable mistake :
        new Runnable[] {
          () -> new Windows(6, 2, 3),
          () -> new Windows(6, 0, 3),
          () -> new Windows(6, 2, 0),
          () -> windows.starts(-1),
          () -> windows.first(-1),
          () -> windows.startsAt(-1),
          () -> windows.startsAt(3),
          () -> new EvaluationWindows(1, 1, 1),
          () -> new EvaluationWindows(9, 0, 1),
          () -> new EvaluationWindows(9, 1, 0),
          () -> new EvaluationWindows(9, 1, 4).starts(2),
          () -> new EvaluationWindows(9, 1, 4).weights(-1)
        }) {
      assertThatThrownBy(mistake::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void evaluation_smallText_isThatByHand() {
    // 9 targets in 2 streams: inputs 0..4 and 5..8.
    EvaluationWindows windows = new EvaluationWindows(10, 2, 3);
    assertThat(windows.count()).isEqualTo(2);
    assertThat(windows.targets()).isEqualTo(9);
    assertThat(windows.starts(0)).containsExactly(0, 5);
    assertThat(windows.weights(0)).containsExactly(1, 1, 1, 1, 1, 1);
    assertThat(windows.starts(1)).containsExactly(3, 8);
    assertThat(windows.weights(1)).containsExactly(1, 1, 0, 1, 0, 0);
    assertThat(EvaluationWindows.padded(new int[] {4, 5}, 3)).containsExactly(4, 5, 1, 1);
  }

  @Property(tries = 500)
  void evaluation_anyShape_countsEveryTargetOnce(
      @ForAll @IntRange(min = 2, max = 200) int tokens,
      @ForAll @IntRange(min = 1, max = 30) int streams,
      @ForAll @IntRange(min = 1, max = 30) int length) {
    EvaluationWindows windows = new EvaluationWindows(tokens, streams, length);
    int room = EvaluationWindows.padded(new int[tokens], length).length;
    int[] counted = new int[tokens];
    for (int window = 0; window < windows.count(); window++) {
      int[] starts = windows.starts(window);
      float[] weights = windows.weights(window);
      for (int stream = 0; stream < streams; stream++) {
        assertThat(starts[stream]).isBetween(0, room - length - 1);
        for (int time = 0; time < length; time++) {
          if (weights[stream * length + time] == 1) {
            counted[starts[stream] + time + 1]++;
            // The state at this time is that of the token before.
            assertThat(starts[stream]).isEqualTo(windows.starts(0)[stream] + window * length);
          }
        }
      }
    }
    assertThat(counted[0]).isZero();
    counted[0] = 1;
    assertThat(counted).containsOnly(1);
  }

  @Test
  void evaluation_largeText_doesNotOverflow() {
    EvaluationWindows windows = new EvaluationWindows(Integer.MAX_VALUE, 60_000, 35);
    // The last stream would begin behind the end of the text.
    assertThat(windows.starts(0)[59_998]).isEqualTo(59_998 * 35_792);
    assertThat(windows.starts(0)[59_999]).isEqualTo(Integer.MAX_VALUE - 2);
    float[] weights = windows.weights(0);
    assertThat(weights[59_999 * 35 - 1]).isEqualTo(1);
    assertThat(weights[59_999 * 35]).isZero();
    assertThat(IntStream.of(windows.starts(windows.count() - 1)).min()).hasValue(35_770);
  }
}
