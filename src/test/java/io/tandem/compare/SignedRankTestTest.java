package io.tandem.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A p-value that is a little wrong is believed all the same. It is held against the definition: the
 * share of all sign patterns whose statistic is at least as far from the middle, every pattern
 * counted.
 */
class SignedRankTestTest {
  @Test
  void pValue_everySmallSample_isTheShareOfAllSignPatterns() {
    SplittableRandom random = new SplittableRandom(5);
    for (int count = 1; count <= 8; count++) {
      for (int sample = 0; sample < 40; sample++) {
        // Few different values, so that ties and zeros are frequent, or none at all.
        int different = sample % 2 == 0 ? 3 : 1000;
        double[] differences =
            random.ints(count, -different, different + 1).mapToDouble(each -> each / 7.0).toArray();
        assertThat(SignedRankTest.pValue(differences))
            .as(Arrays.toString(differences))
            .isCloseTo(byEnumeration(differences), within(1e-12));
      }
    }
  }

  /** The test by its definition, in time exponential in the number of pairs. */
  private static double byEnumeration(double[] differences) {
    int count = differences.length;
    double[] ranks = new double[count];
    double total = 0;
    double found = 0;
    for (int index = 0; index < count; index++) {
      double own = Math.abs(differences[index]);
      long below = Arrays.stream(differences).filter(each -> Math.abs(each) < own).count();
      long equal = Arrays.stream(differences).filter(each -> Math.abs(each) == own).count();
      ranks[index] = differences[index] == 0 ? 0 : below + (equal + 1) / 2.0;
      total += ranks[index];
      found += differences[index] > 0 ? ranks[index] : 0;
    }
    int as = 0;
    for (int signs = 0; signs < 1 << count; signs++) {
      double sum = 0;
      for (int index = 0; index < count; index++) {
        sum += (signs >> index & 1) * ranks[index];
      }
      as += Math.abs(sum - total / 2) >= Math.abs(found - total / 2) ? 1 : 0;
    }
    return (double) as / (1 << count);
  }

  /** From published tables of the test: two-sided p of a sum of the smaller ranks. */
  @ParameterizedTest
  @CsvSource({"5, 0, 0.0625", "6, 0, 0.03125", "8, 3, 0.0390625", "10, 8, 0.048828125"})
  void pValue_ofTheTables_isExact(int count, int smaller, double expected) {
    double[] differences = new double[count];
    int left = smaller;
    for (int rank = count; rank >= 1; rank--) {
      boolean negative = rank <= left;
      left -= negative ? rank : 0;
      differences[rank - 1] = negative ? -rank : rank;
    }
    assertThat(SignedRankTest.pValue(differences)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void pValue_withoutADifference_isOne() {
    assertThat(SignedRankTest.pValue(new double[] {0, 0, -0.0})).isEqualTo(1);
    assertThat(SignedRankTest.pValue(new double[] {3})).isEqualTo(1);
  }

  /** Shares of a test part differ by rounding where they are equal. */
  @Test
  void pValue_differencesThatDifferByRounding_areTied() {
    double third = 343.0 / 357 - 342.0 / 357;
    double again = 341.0 / 357 - 340.0 / 357;
    assertThat(third).isNotEqualTo(again);
    assertThat(SignedRankTest.pValue(new double[] {third, -again, 1}))
        .isEqualTo(SignedRankTest.pValue(new double[] {1, -1, 2}));
  }

  @Test
  void pValue_infiniteDifferences_haveTheHighestRank() {
    double[] finite = {1, 2, 3, -4, 5, 6};
    double[] infinite = {1, 2, 3, -4, 5, Double.POSITIVE_INFINITY};
    assertThat(SignedRankTest.pValue(infinite)).isEqualTo(SignedRankTest.pValue(finite));
  }

  @Test
  void pValue_manyPairs_isFiniteAndSymmetric() {
    double[] differences = new SplittableRandom(1).doubles(1000, -1, 1.2).toArray();
    double[] mirrored = Arrays.stream(differences).map(each -> -each).toArray();
    assertThat(SignedRankTest.pValue(differences))
        .isBetween(1e-20, 0.01)
        .isCloseTo(SignedRankTest.pValue(mirrored), within(1e-15));
  }
}
