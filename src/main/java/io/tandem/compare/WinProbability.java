package io.tandem.compare;

import java.util.Arrays;

/**
 * The probability that one arm beats another with the same seed, P(A &gt; B), with a 95 percent
 * interval by the percentile bootstrap over pairs (Bouthillier et al. 2021, "Accounting for
 * variance in machine learning benchmarks"). The authors draw resamples; here the distribution of
 * all of them is computed, so that no seed is needed: a resample is n draws of won, tied or lost,
 * and its share is a sum of n such draws.
 *
 * @param value share of the pairs that were won, a tie is half
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record WinProbability(double value, double low, double high) {
  /**
   * The fewest pairs for which the interval is worth showing. Of fewer than six pairs even those
   * that all went one way are compatible with arms that are alike: the sign test (Dixon and Mood
   * 1946) gives them p = 2^(1 - n), above 0.05. An interval of 95 percent would therefore have to
   * contain 0.5, but the bootstrap, which knows no outcome that was not seen, gives one of no width
   * at 1.
   */
  public static final int FEWEST = 6;

  private static final double TAIL = 0.025;

  /** The shares are sums of many roundings. */
  private static final double ROUNDING = 1e-12;

  /**
   * That of the pairs.
   *
   * @param advantages one per pair, at least one: positive is won, zero is a tie
   */
  static WinProbability of(double[] advantages) {
    // By points: 0 lost, 1 tied, 2 won.
    double[] one = new double[3];
    for (double advantage : advantages) {
      one[1 + (int) Math.signum(advantage)] += 1.0 / advantages.length;
    }
    double[] all = {1};
    for (int draw = 0; draw < advantages.length; draw++) {
      all = sum(all, one);
    }
    double most = 2.0 * advantages.length;
    double points = Arrays.stream(advantages).map(each -> 1 + Math.signum(each)).sum();
    return new WinProbability(
        points / most, quantile(all, TAIL) / most, quantile(all, 1 - TAIL) / most);
  }

  private static double[] sum(double[] all, double[] one) {
    double[] sums = new double[all.length + one.length - 1];
    for (int left = 0; left < all.length; left++) {
      for (int right = 0; right < one.length; right++) {
        sums[left + right] += all[left] * one[right];
      }
    }
    return sums;
  }

  /** The smallest number of points that a share of the resamples does not exceed. */
  private static int quantile(double[] shares, double share) {
    double below = 0;
    for (int points = 0; points < shares.length; points++) {
      below += shares[points];
      if (below >= share - ROUNDING) {
        return points;
      }
    }
    return shares.length - 1;
  }
}
