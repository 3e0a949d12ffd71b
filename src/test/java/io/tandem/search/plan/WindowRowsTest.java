package io.tandem.search.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** A language model learns a text in its order, or what it remembers is of another place. */
class WindowRowsTest {
  // Two streams of 10 words, three windows of 3 in each.
  private static final WindowRows ROWS = new WindowRows(21, 12, 3, false);

  @Test
  void training_windows_goOnWhereTheOnesBeforeEnded() {
    LongFunction<int[]> windows = ROWS.training(2, 1, "a");
    assertThat(windows.apply(1)).containsExactly(3, 13);
    assertThat(windows.apply(2)).containsExactly(6, 16);
  }

  @Test
  void training_firstWindowOfAPass_remembersNothing() {
    LongFunction<int[]> windows = ROWS.training(2, 1, "a");
    assertThat(windows.apply(0)).containsExactly(-1, -11);
    assertThat(windows.apply(3)).containsExactly(-1, -11);
  }

  @Test
  void anew_anyRows_rememberNothing() {
    assertThat(ROWS.anew(new int[] {0, 7, -1, -8})).containsExactly(-1, -8, -1, -8);
  }

  @Test
  void validation_anEpoch_hasEveryPlaceWithAWholeWindow() {
    LongFunction<int[]> windows = ROWS.validation(3, 1, "a");
    Set<Integer> seen = new HashSet<>();
    for (int batch = 0; batch < 3; batch++) {
      for (int start : windows.apply(batch)) {
        seen.add(start);
      }
    }
    // The last window is 8, 9, 10 with the target 11.
    assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void each_isTheWordsOfAWindow() {
    assertThat(ROWS.each()).isEqualTo(3);
    assertThat(new ExampleRows(5, 5, false).each()).isEqualTo(1);
  }
}
