package io.tandem.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The interval is held against all resamples there are, each drawn once. */
class WinProbabilityTest {
  @Test
  void of_everySmallSample_hasTheQuantilesOfAllResamples() {
    SplittableRandom random = new SplittableRandom(3);
    for (int count = 1; count <= 6; count++) {
      for (int sample = 0; sample < 20; sample++) {
        double[] advantages = random.ints(count, -1, 2).mapToDouble(each -> 0.5 * each).toArray();
        double[] shares = allResamples(advantages);
        WinProbability found = WinProbability.of(advantages);
        assertThat(found.value()).isCloseTo(share(advantages), within(1e-12));
        assertThat(found.low()).isCloseTo(quantile(shares, 0.025), within(1e-12));
        assertThat(found.high()).isCloseTo(quantile(shares, 0.975), within(1e-12));
      }
    }
  }

  private static double share(double[] advantages) {
    return Arrays.stream(advantages)
        .map(each -> each > 0 ? 1 : each < 0 ? 0 : 0.5)
        .average()
        .orElseThrow();
  }

  private static double[] allResamples(double[] advantages) {
    int count = advantages.length;
    double[] shares = new double[(int) Math.pow(count, count)];
    for (int number = 0; number < shares.length; number++) {
      double[] drawn = new double[count];
      for (int place = 0, rest = number; place < count; place++, rest /= count) {
        drawn[place] = advantages[rest % count];
      }
      shares[number] = share(drawn);
    }
    Arrays.sort(shares);
    return shares;
  }

  /** The smallest value that at least a share of the sorted values does not exceed. */
  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length - 1e-9) - 1];
  }

  @Test
  void of_allWonOrTied_hasAnIntervalWithoutWidth() {
    assertThat(WinProbability.of(new double[] {1, 2, 3})).isEqualTo(new WinProbability(1, 1, 1));
    assertThat(WinProbability.of(new double[] {0, 0})).isEqualTo(new WinProbability(.5, .5, .5));
    assertThat(WinProbability.of(new double[] {Double.NEGATIVE_INFINITY}))
        .isEqualTo(new WinProbability(0, 0, 0));
  }

  /** An interval of 95 percent that covered the truth far less often would promise too much. */
  @Test
  void of_samplesOfAKnownProbability_coverItAboutAsOftenAsTheySay() {
    int[] wins = new int[31];
    for (int won = 0; won <= 30; won++) {
      double[] advantages = new double[30];
      Arrays.fill(advantages, -1);
      Arrays.fill(advantages, 0, won, 1);
      WinProbability interval = WinProbability.of(advantages);
      wins[won] = interval.low() <= 0.7 && 0.7 <= interval.high() ? 1 : 0;
    }
    double covered = 0;
    double probability = Math.pow(0.3, 30);
    for (int won = 0; won <= 30; won++) {
      covered += wins[won] * probability;
      probability *= (30.0 - won) / (won + 1) * 0.7 / 0.3;
    }
    assertThat(covered).isBetween(0.9, 0.99);
  }
}
