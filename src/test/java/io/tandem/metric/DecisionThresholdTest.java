package io.tandem.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The chosen threshold against every threshold that there is. */
class DecisionThresholdTest {
  private static float[] pairs(float... second) {
    float[] pairs = new float[2 * second.length];
    for (int row = 0; row < second.length; row++) {
      pairs[2 * row] = 1 - second[row];
      pairs[2 * row + 1] = second[row];
    }
    return pairs;
  }

  /** By the definition of each metric, row by row. */
  private static double value(Metric metric, int[] truth, float[] second, double threshold) {
    double[] right = new double[2];
    double[] rows = new double[2];
    double named = 0;
    for (int row = 0; row < truth.length; row++) {
      int answer = second[row] > threshold ? 1 : 0;
      rows[truth[row]]++;
      right[truth[row]] += answer == truth[row] ? 1 : 0;
      named += answer;
    }
    return switch (metric) {
      case ACCURACY -> (right[0] + right[1]) / truth.length;
      case BALANCED_ACCURACY -> (right[0] / rows[0] + right[1] / rows[1]) / 2;
      default -> 2 * right[1] / (named + rows[1]);
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = Metric.class,
      names = {"ACCURACY", "BALANCED_ACCURACY", "F1"})
  void choose_isTheBestOfAll(Metric metric) {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int count = random.nextInt(2, 30);
      int[] truth = new int[count];
      float[] second = new float[count];
      TreeSet<Float> distinct = new TreeSet<>();
      for (int row = 0; row < count; row++) {
        truth[row] = row < 2 ? row : random.nextInt(5) / 4;
        // Few different ones, so that there are ties; in some draws all below 0.5.
        second[row] = random.nextInt(12) / (seed % 2 == 0 ? 12f : 30f);
        distinct.add(second[row]);
      }
      double best = Double.NEGATIVE_INFINITY;
      double nearest = Double.NaN;
      TreeSet<Double> candidates = new TreeSet<>();
      for (float low : distinct.headSet(distinct.last())) {
        candidates.add(((double) low + distinct.higher(low)) / 2);
      }
      if (distinct.first() > 0.5f || distinct.last() <= 0.5f) {
        candidates.add(0.5);
      }
      for (double candidate : candidates) {
        double value = value(metric, truth, second, candidate);
        if (value > best
            || value == best && Math.abs(candidate - 0.5) < Math.abs(nearest - 0.5) - 1e-6) {
          best = value;
          nearest = candidate;
        }
      }
      DecisionThreshold chosen = DecisionThreshold.choose(metric, truth, pairs(second));
      assertThat(chosen.reached()).as("seed %d", seed).isEqualTo(best);
      assertThat((double) chosen.value()).as("seed %d", seed).isCloseTo(nearest, within(1e-6));
      assertThat(value(metric, truth, second, chosen.value())).isEqualTo(best);
    }
  }

  /** Probabilities that have nothing between them are still told apart. */
  @Test
  void choose_neighbouringNumbers_areSeparated() {
    float below = 0.3f;
    float above = Math.nextUp(below);
    float[] probabilities = pairs(above, below, above, below);
    DecisionThreshold chosen =
        DecisionThreshold.choose(Metric.F1, new int[] {1, 0, 1, 0}, probabilities);
    assertThat(chosen.reached()).isEqualTo(1);
    assertThat(chosen.answers(probabilities)).containsExactly(1, 0, 1, 0);
  }

  @ParameterizedTest
  @CsvSource({"0.2", "0.5", "0.9"})
  void choose_oneProbability_staysAtAHalf(float probability) {
    DecisionThreshold chosen =
        DecisionThreshold.choose(
            Metric.ACCURACY, new int[] {0, 1, 0}, pairs(probability, probability, probability));
    assertThat(chosen.value()).isEqualTo(0.5f);
    assertThat(chosen.reached()).isCloseTo(probability > 0.5 ? 1 / 3.0 : 2 / 3.0, within(1e-12));
  }

  @Test
  void choose_equallyNear_takesTheLower() {
    // 0.375 and 0.625 both get one of four wrong.
    DecisionThreshold chosen =
        DecisionThreshold.choose(
            Metric.ACCURACY, new int[] {0, 0, 1, 1}, pairs(0.25f, 0.5f, 0.5f, 0.75f));
    assertThat(chosen.value()).isEqualTo(0.375f);
    assertThat(chosen.reached()).isEqualTo(0.75);
  }

  @Test
  void choose_ofOrder_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DecisionThreshold.choose(Metric.ROC_AUC, new int[] {0, 1}, pairs(0.1f, 0.2f)))
        .withMessageContaining("does not depend on a threshold");
  }

  /** Probabilities are as they were; what is counted is the answers. */
  @Test
  void metrics_ofAnswers_countThem() {
    int[] truth = {0, 0, 0, 1, 1};
    float[] probabilities = pairs(0.1f, 0.2f, 0.35f, 0.3f, 0.45f);
    DecisionThreshold threshold = new DecisionThreshold(Metric.F1, 0.25f, 0);
    Metrics plain = Metrics.ofClasses(truth, probabilities, 2);
    Metrics decided = Metrics.ofAnswers(truth, threshold.answers(probabilities), probabilities, 2);
    assertThat(plain.find(Metric.ACCURACY).orElseThrow().value()).isEqualTo(0.6);
    assertThat(decided.find(Metric.ACCURACY).orElseThrow().value()).isEqualTo(0.8);
    assertThat(decided.find(Metric.F1).orElseThrow().value()).isEqualTo(0.8);
    assertThat(decided.find(Metric.BALANCED_ACCURACY).orElseThrow().value())
        .isCloseTo((2.0 / 3 + 1) / 2, within(1e-12));
    assertThat(decided.confusion().get(0)).containsExactly(2L, 1L);
    assertThat(decided.confusion().get(1)).containsExactly(0L, 2L);
    for (Metric metric :
        new Metric[] {
          Metric.ROC_AUC, Metric.PR_AUC, Metric.LOG_LOSS, Metric.BRIER, Metric.CALIBRATION_ERROR
        }) {
      assertThat(decided.find(metric)).isEqualTo(plain.find(metric));
    }
  }
}
