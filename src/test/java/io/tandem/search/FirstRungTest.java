package io.tandem.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.joint.child.Evaluation;
import io.tandem.report.Certificate;
import io.tandem.search.propose.Contender;
import io.tandem.space.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FirstRungTest {
  @Test
  void certificate_fewCandidates_countsPairs() {
    // Of nine pairs the proposed ones win seven and tie one; who diverged loses.
    List<Contender> all = contenders(new double[] {1, 2, 5}, new double[] {2, 6, Double.NaN});
    Certificate found = FirstRung.certificate(all).orElseThrow();
    assertThat(found.probability()).isCloseTo(7.5 / 9, within(1e-12));
    assertThat(found.proposed()).isEqualTo(3);
    assertThat(found.drawn()).isEqualTo(3);
    // By hand: shares won 1, 2.5/3, 2/3 of the proposed, and 1.5/3, 1, 1 against the drawn.
    double mean = 7.5 / 9;
    double proposed = (sq(1 - mean) + sq(2.5 / 3 - mean) + sq(2.0 / 3 - mean)) / 2;
    double drawn = (sq(0.5 - mean) + 2 * sq(1 - mean)) / 2;
    double error = Math.sqrt(proposed / 3 + drawn / 3);
    assertThat(found.low()).isCloseTo(mean - 1.959964 * error, within(1e-9));
    assertThat(found.high()).isEqualTo(1);
  }

  @Test
  void certificate_oneKindOnly_isNone() {
    assertThat(FirstRung.certificate(contenders(new double[] {1}, new double[] {1, 2}))).isEmpty();
    assertThat(FirstRung.certificate(List.of())).isEmpty();
  }

  /** Where nothing was learnt the interval covers 0.5 about 95 times in 100. */
  @Test
  void certificate_ofAlikeCandidates_coversOneHalf() {
    SplittableRandom random = new SplittableRandom(4);
    int covered = 0;
    for (int repetition = 0; repetition < 1000; repetition++) {
      double[] proposed = random.doubles(60).toArray();
      double[] drawn = random.doubles(25).toArray();
      Certificate found = FirstRung.certificate(contenders(proposed, drawn)).orElseThrow();
      covered += found.low() <= 0.5 && found.high() >= 0.5 ? 1 : 0;
    }
    assertThat(covered).isBetween(925, 970);
  }

  private static double sq(double value) {
    return value * value;
  }

  private static List<Contender> contenders(double[] proposed, double[] drawn) {
    List<Contender> all = new ArrayList<>();
    for (double loss : proposed) {
      all.add(contender(loss, false));
    }
    for (double loss : drawn) {
      all.add(contender(loss, true));
    }
    return all;
  }

  private static Contender contender(double loss, boolean drawn) {
    return new Contender(
        new Choices(List.of(0), List.of()), drawn, List.of(new Evaluation(loss, 0.5)));
  }
}
