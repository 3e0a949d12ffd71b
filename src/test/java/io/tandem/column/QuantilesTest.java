package io.tandem.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantilesTest {
  /** From tables of the normal distribution with ten digits. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.75, 0.6744897502",
    "0.9, 1.2815515655",
    "0.975, 1.9599639845",
    "0.999, 3.0902323062",
    "0.0013498980316, -3.0000000000",
    "0.00000001, -5.6120012442"
  })
  void normalScore_isThatOfTables(double probability, double score) {
    assertThat(NormalScore.of(probability)).isCloseTo(score, within(1e-9));
  }

  /** Ranks 1 to 4 of four are 1/8, 3/8, 5/8 and 7/8 of the distribution. */
  @Test
  void of_fewNumbers_haveTheScoresOfTheirRanks() {
    Quantiles map = Quantiles.of(100, 1, 3, 2);
    assertThat(map.values()).containsExactly(1f, 2f, 3f, 100f);
    assertThat(map.apply(1, 2, 3, 100))
        .containsExactly(new float[] {-1.150349f, -0.318639f, 0.318639f, 1.150349f}, within(1e-6f));
    // Halfway between two of them, and outside.
    assertThat(map.apply(1.5f, 51.5f, -1e30f, 1e30f))
        .containsExactly(new float[] {-0.734494f, 0.734494f, -1.150349f, 1.150349f}, within(1e-6f));
    assertThat(map.apply(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY))
        .containsExactly(map.apply(1, 100));
  }

  /** Three zeros of five have the mean rank 2, whose middle is 3/10; sides meet there. */
  @Test
  void of_ties_haveTheirMeanRank() {
    Quantiles map = Quantiles.of(0, 7, -0f, 9, 0);
    assertThat(map.apply(0, -0f, 7, 9))
        .containsExactly(new float[] {-0.524401f, -0.524401f, 0.524401f, 1.281552f}, within(1e-6f));
    assertThat(Quantiles.of(5, 5, 5).apply(4, 5, 6)).containsExactly(0, 0, 0);
    assertThat(Quantiles.of(5).apply(5)).containsExactly(0);
  }

  /**
   * Every map is monotone and small, and has the exact score at its own values and near by others.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 63, 64, 65, 200, 5000})
  void of_manyNumbers_isMonotoneAndNear(int count) {
    for (int kind = 0; kind < 4; kind++) {
      float[] numbers = numbers(count, kind);
      Quantiles map = Quantiles.of(numbers);
      assertThat(map.values()).hasSizeLessThanOrEqualTo(Quantiles.MOST);
      float[] sorted = numbers.clone();
      Arrays.sort(sorted);
      float[] found = map.apply(sorted);
      double step = 2 * NormalScore.of((count - 0.5) / count) / (Quantiles.MOST - 2);
      for (int index = 0; index < count; index++) {
        assertThat(index == 0 || found[index] >= found[index - 1]).isTrue();
        assertThat((double) found[index])
            .as("number %d of kind %d", index, kind)
            .isCloseTo(exact(sorted, sorted[index]), within(2 * step + 1e-6));
      }
      assertThat(map.apply(map.values().get(0))[0])
          .isCloseTo((float) exact(sorted, sorted[0]), within(1e-6f));
    }
  }

  private static float[] numbers(int count, int kind) {
    Random random = new Random(kind);
    float[] numbers = new float[count];
    for (int index = 0; index < count; index++) {
      double normal = random.nextGaussian();
      numbers[index] =
          (float)
              switch (kind) {
                case 0 -> normal;
                case 1 -> Math.exp(4 * normal); // a heavy tail
                case 2 -> Math.max(0, normal); // half of them 0
                default -> Math.rint(normal); // few different ones
              };
    }
    return numbers;
  }

  private static double exact(float[] sorted, float value) {
    int below = (int) IntStream.range(0, sorted.length).filter(i -> sorted[i] < value).count();
    int equal = (int) IntStream.range(0, sorted.length).filter(i -> sorted[i] == value).count();
    return NormalScore.of((below + equal / 2.0) / sorted.length);
  }

  @Test
  void quantiles_thatDoNotIncrease_areRefused() {
    assertThatThrownBy(() -> new Quantiles(List.of(1f, 1f), List.of(0f, 1f)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Quantiles(List.of(1f, 2f), List.of(1f, 0f)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Quantiles(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Quantiles(List.of(Float.NaN), List.of(0f)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
