package io.tandem.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.joint.child.Evaluation;
import io.tandem.report.RankCorrelation;
import io.tandem.search.propose.Contender;
import io.tandem.space.Choices;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KendallTauTest {
  @Test
  void of_fourCandidates_countsPairs() {
    // Pairs: 5 of 6 in the same order.
    RankCorrelation found = of(new double[] {1, 2, 3, 4}, new double[] {1, 3, 2, 4});
    assertThat(found.tau()).isCloseTo(4.0 / 6, within(1e-12));
    // Without one of them: 1/3 twice, 1 twice; the jackknife's error is sqrt(3/4 * 4 * 1/9).
    double error = Math.sqrt(0.75 * 4 / 9);
    assertThat(found.low()).isCloseTo(4.0 / 6 - 1.959964 * error, within(1e-9));
    assertThat(found.high()).isEqualTo(1);
  }

  @Test
  void of_ties_isTauB() {
    // Two tied in the first order: 5 pairs left there, 6 in the second, 5 of them agree.
    assertThat(of(new double[] {1, 1, 2, 3}, new double[] {1, 2, 3, 4}).tau())
        .isCloseTo(5 / Math.sqrt(5 * 6), within(1e-12));
  }

  @Test
  void of_whatDiverged_isLast() {
    List<Evaluation> shared = List.of(loss(0.1), loss(Double.NaN), loss(0.2));
    List<Contender> contenders =
        List.of(contender(0.3), contender(Double.NaN), contender(0.4), contender(0.1));
    RankCorrelation found = KendallTau.of(shared, contenders).orElseThrow();
    assertThat(found.tau()).isEqualTo(1);
    assertThat(found.candidates()).isEqualTo(3);
  }

  @Test
  void of_tooFewOrAllAlike_isNone() {
    assertThat(KendallTau.of(List.of(), List.of(contender(1)))).isEmpty();
    assertThat(KendallTau.of(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isEmpty();
    assertThat(KendallTau.of(new double[] {1, 2}, new double[] {1, 2})).isEmpty();
  }

  /** Where one order says nothing about the other the interval covers 0 about 95 times in 100. */
  @Test
  void of_independentOrders_coversNone() {
    SplittableRandom random = new SplittableRandom(4);
    int covered = 0;
    for (int repetition = 0; repetition < 2000; repetition++) {
      RankCorrelation found =
          of(random.doubles(JointSearch.SCORED).toArray(), random.doubles(16).toArray());
      covered += found.low() <= 0 && found.high() >= 0 ? 1 : 0;
    }
    assertThat(covered).isBetween(1820, 1960);
  }

  private static RankCorrelation of(double[] first, double[] second) {
    Optional<RankCorrelation> found = KendallTau.of(first, second);
    return found.orElseThrow();
  }

  private static Evaluation loss(double loss) {
    return new Evaluation(loss, 0.5);
  }

  private static Contender contender(double loss) {
    return new Contender(new Choices(List.of(0), List.of()), false, List.of(loss(loss)));
  }
}
