package io.tandem.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A resumed run must get the windows of an uninterrupted one, and those be distributed as
 * published.
 */
class WindowLengthsTest {
  private static int[] draw(WindowLengths lengths, int count) {
    return IntStream.range(0, count).map(lengths::of).toArray();
  }

  @Test
  void of_knownArguments_neverChanges() {
    assertThat(draw(new WindowLengths(35, 70, 1, "train"), 8))
        .containsExactly(24, 32, 34, 38, 19, 42, 41, 34);
  }

  @Test
  void of_manyWindows_areDistributedAsPublished() {
    int count = 40_000;
    int[] drawn = draw(new WindowLengths(70, 140, 3, "train"), count);
    // With mean 70 the two normal distributions lie 7 deviations apart.
    int[] halves = IntStream.of(drawn).filter(length -> length < 52).toArray();
    int[] whole = IntStream.of(drawn).filter(length -> length >= 52).toArray();
    // Five standard deviations of a binomial count, and of means.
    assertThat(halves.length).isCloseTo(count / 20, within(218));
    // Rounding down takes half a token.
    assertThat(IntStream.of(whole).average().orElseThrow()).isCloseTo(69.5, within(0.13));
    assertThat(IntStream.of(halves).average().orElseThrow()).isCloseTo(34.5, within(0.6));
    double variance =
        IntStream.of(whole)
            .mapToDouble(length -> (length - 69.5) * (length - 69.5))
            .average()
            .orElseThrow();
    assertThat(Math.sqrt(variance)).isCloseTo(5, within(0.1));
  }

  @Test
  void of_lengths_stayInTheirRange() {
    assertThat(draw(new WindowLengths(10, 12, 1, "train"), 10_000))
        .containsOnly(5, 6, 7, 8, 9, 10, 11, 12);
    // Half of the usual windows would be longer than the mean.
    long longest =
        IntStream.of(draw(new WindowLengths(35, 35, 1, "train"), 10_000))
            .filter(length -> length == 35)
            .count();
    assertThat(longest).isCloseTo(4750, within(250L));
    assertThat(draw(new WindowLengths(3, 3, 1, "train"), 100)).containsOnly(3);
  }

  @Test
  void of_otherSeedOrPurpose_differ() {
    int[] some = draw(new WindowLengths(35, 70, 1, "train"), 100);
    assertThat(draw(new WindowLengths(35, 70, 2, "train"), 100)).isNotEqualTo(some);
    assertThat(draw(new WindowLengths(35, 70, 1, "retrain"), 100)).isNotEqualTo(some);
  }

  @Test
  void lengths_impossible_areRefused() {
    assertThatThrownBy(() -> new WindowLengths(0, 5, 1, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WindowLengths(5, 0, 1, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
