package io.tandem.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.compare.Arm;
import io.tandem.compare.ArmSummary;
import io.tandem.compare.Comparison;
import io.tandem.compare.Metric;
import io.tandem.compare.Pair;
import io.tandem.compare.Spread;
import io.tandem.compare.WinProbability;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table is what people decide by: nothing in it may be misread or break the lines. */
class ComparisonTextTest {
  private static ArmSummary arm(String name, int lost, double mean) {
    return new ArmSummary(
        new Arm(name, List.of()),
        new double[] {mean, mean},
        new Spread(2 - lost, mean, 0.5, mean),
        lost,
        1234567,
        7,
        12.5);
  }

  private static String text(Metric metric, int lost, double mean, int width) {
    return text(metric, lost, mean, width, 6);
  }

  private static String text(Metric metric, int lost, double mean, int width, int pairs) {
    Pair pair =
        new Pair("other", "first", pairs, 0.25, 0.5, 0.75, new WinProbability(0.25, 0, 0.5));
    return ComparisonText.of(
        new Comparison(
            metric,
            List.of(1L, 2L),
            List.of(arm("first", 0, 0.9), arm("other", lost, mean)),
            List.of(pair),
            List.of(pair)),
        width);
  }

  @Test
  void of_wideTerminal_hasEveryColumn() {
    assertThat(text(Metric.ACCURACY, 0, 0.75, 160))
        .isEqualTo(
            """
            arm    seeds    mean  deviation  median  difference       p  p (Holm)  P(better)  95 % interval   examples  cpu s
            first      2  0.9000     0.5000  0.9000           -       -         -          -  -              1,234,567   12.5
            other      2  0.7500     0.5000  0.7500     +0.2500  0.5000    0.7500       0.25  0.00 to 0.50   1,234,567   12.5
            test accuracy; difference, p and P(better) against first, paired by seed
            """);
  }

  /** An interval from 1.00 to 1.00 of two pairs would pass for certainty. */
  @Test
  void of_fewerThanSixPairs_hasNoIntervalAndSaysWhy() {
    assertThat(text(Metric.ACCURACY, 0, 0.75, 160, 5).lines())
        .element(2)
        .asString()
        .contains(" 0.25  -  ");
    assertThat(text(Metric.ACCURACY, 0, 0.75, 160, 5))
        .endsWith("; fewer than 6 pairs are too few for an interval\n")
        .doesNotContain("0.00 to 0.50");
    assertThat(text(Metric.ACCURACY, 0, 0.75, 160, 6)).doesNotContain("too few");
  }

  @Test
  void of_narrowTerminal_keepsWhatDecides() {
    assertThat(text(Metric.LOSS, 1, 0.75, 80).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
        .first()
        .asString()
        .contains("lost", "mean", "deviation", "p (Holm)", "P(better)");
    assertThat(text(Metric.LOSS, 0, 0.75, 80)).contains("test loss (less is better)");
  }

  @Test
  void of_hugePerplexity_staysReadable() {
    assertThat(text(Metric.PERPLEXITY, 0, 6.07e30, 100)).contains(" 6.070e+30 ");
    assertThat(text(Metric.PERPLEXITY, 2, Double.NaN, 100)).doesNotContain("NaN");
  }
}
