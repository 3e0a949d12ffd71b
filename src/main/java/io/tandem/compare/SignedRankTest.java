package io.tandem.compare;

import java.util.Arrays;

/**
 * The signed-rank test of paired differences (Wilcoxon 1945), two-sided and exact for every number
 * of pairs.
 *
 * <p>Differences of zero are ranked and their ranks then left out (Pratt 1959, "Remarks on zeros
 * and ties in the Wilcoxon signed rank procedures"), equal ones share the mean of their ranks. The
 * p-value is the share of the sign patterns of the other ranks that are at least as far from the
 * middle as the one found. Given the ranks, all patterns are equally probable where the differences
 * are symmetric about zero, so that the test is exact with ties and zeros as well. Libraries for
 * Java use an approximation there, and accuracies of small test parts tie often.
 */
final class SignedRankTest {
  /** Differences nearer to each other than this differ by rounding. */
  private static final double TIED = 1e-12;

  private SignedRankTest() {}

  /**
   * The p-value.
   *
   * @param differences one per pair, no NaN; infinite ones have the highest ranks
   * @return in (0, 1]; 1 without a difference
   */
  static double pValue(double[] differences) {
    double[] rounded = Arrays.stream(differences).map(value -> Math.rint(value / TIED)).toArray();
    int[] ranks = doubledRanks(rounded);
    double[] shares = {1};
    int positive = 0;
    for (int index = 0; index < ranks.length; index++) {
      if (rounded[index] != 0) {
        shares = withSign(shares, ranks[index]);
        positive += rounded[index] > 0 ? ranks[index] : 0;
      }
    }
    double below = Arrays.stream(shares, 0, positive + 1).sum();
    double above = Arrays.stream(shares, positive, shares.length).sum();
    return Math.min(1, 2 * Math.min(below, above));
  }

  /** Twice the rank of each absolute value: whole numbers also where ties share a mean. */
  private static int[] doubledRanks(double[] values) {
    double[] sorted = Arrays.stream(values).map(Math::abs).sorted().toArray();
    return Arrays.stream(values)
        .map(Math::abs)
        .mapToInt(
            value -> {
              int below = (int) Arrays.stream(sorted).filter(other -> other < value).count();
              int upTo = (int) Arrays.stream(sorted).filter(other -> other <= value).count();
              return below + 1 + upTo;
            })
        .toArray();
  }

  /** The shares of the sums of positive ranks when one more rank is positive or not. */
  private static double[] withSign(double[] shares, int rank) {
    double[] all = new double[shares.length + rank];
    for (int sum = 0; sum < shares.length; sum++) {
      all[sum] += shares[sum] / 2;
      all[sum + rank] += shares[sum] / 2;
    }
    return all;
  }
}
