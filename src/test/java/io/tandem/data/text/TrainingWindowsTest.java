package io.tandem.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Where the windows of a training are follows from the number of the step alone, and none reads
 * beyond its stream.
 */
class TrainingWindowsTest {
  private static final Windows WINDOWS = new Windows(500, 3, 12);
  private static final TrainingWindows WHOLE = new TrainingWindows(WINDOWS, Optional.empty());
  private static final TrainingWindows RANDOM =
      new TrainingWindows(WINDOWS, Optional.of(new WindowLengths(12, 12, 4, "test")));

  @Test
  void windows_whole_areThoseOfTheText() {
    TrainingWindows.Window window = WHOLE.begin();
    for (int step = 0; step < 40; step++) {
      assertThat(WHOLE.starts(window)).isEqualTo(WINDOWS.starts(step));
      assertThat(window.first()).isEqualTo(WINDOWS.first(step));
      assertThat(window.pass()).isEqualTo(step / WINDOWS.count());
      assertThat(window.before()).isEqualTo(step * 36L);
      window = WHOLE.after(window);
    }
  }

  @Test
  void windows_random_followEachOtherToTheEndOfAStream() {
    TrainingWindows.Window window = RANDOM.begin();
    int shorter = 0;
    for (int step = 0; step < 200; step++) {
      assertThat(window.time() + window.times()).isLessThanOrEqualTo(WINDOWS.steps());
      TrainingWindows.Window next = RANDOM.after(window);
      assertThat(next.before()).isEqualTo(window.before() + 3L * window.times());
      if (next.first()) {
        assertThat(next.pass()).isEqualTo(window.pass() + 1);
        assertThat(window.time() + window.times() + next.times()).isGreaterThan(WINDOWS.steps());
      } else {
        assertThat(next.pass()).isEqualTo(window.pass());
        assertThat(next.time()).isEqualTo(window.time() + window.times());
      }
      shorter += window.times() < 12 ? 1 : 0;
      assertThat(RANDOM.at(step)).isEqualTo(window);
      window = next;
    }
    assertThat(shorter).isBetween(50, 180);
    assertThat(window.pass()).isGreaterThan(5);
  }

  @Test
  void last_ofANumberOfTokens_completesThem() {
    for (long tokens : new long[] {1, 36, 37, 5_000}) {
      TrainingWindows.Window last = RANDOM.last(tokens);
      assertThat(last.before()).isLessThan(tokens);
      assertThat(RANDOM.read(last)).isGreaterThanOrEqualTo(tokens);
    }
    assertThat(WHOLE.last(72).step()).isEqualTo(1);
    assertThat(WHOLE.last(73).step()).isEqualTo(2);
  }
}
