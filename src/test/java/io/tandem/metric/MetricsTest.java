package io.tandem.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics against their definitions by enumeration, and their intervals against known ones. */
class MetricsTest {
  private static final double EXACT = 1e-12;

  /** Rows with many equal scores, some of them repeated as weights say. */
  private record Rows(int[] truth, float[] probabilities, int classes, int[] weights) {
    static Rows draw(long seed, int classes) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 40;
      int[] truth = new int[rows];
      int[] weights = new int[rows];
      float[] probabilities = new float[rows * classes];
      for (int row = 0; row < rows; row++) {
        truth[row] = random.nextInt(classes);
        weights[row] = random.nextInt(4);
        float sum = 0;
        for (int index = 0; index < classes; index++) {
          probabilities[row * classes + index] = 1 + random.nextInt(5);
          sum += probabilities[row * classes + index];
        }
        for (int index = 0; index < classes; index++) {
          probabilities[row * classes + index] /= sum;
        }
      }
      return new Rows(truth, probabilities, classes, weights);
    }

    /** The rows written out as often as they count. */
    int[] repeated() {
      return IntStream.range(0, truth.length)
          .flatMap(row -> IntStream.generate(() -> row).limit(weights[row]))
          .toArray();
    }

    float of(int row, int index) {
      return probabilities[row * classes + index];
    }

    int best(int row) {
      int best = 0;
      for (int index = 1; index < classes; index++) {
        best = of(row, index) > of(row, best) ? index : best;
      }
      return best;
    }

    double value(Metric metric) {
      JudgedClasses judged = new JudgedClasses(truth, probabilities, classes);
      return judged.values(weights)[judged.metrics().indexOf(metric)];
    }

    int[] judgedClasses() {
      return IntStream.range(classes == 2 ? 1 : 0, classes).toArray();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void rocAuc_isTheShareOfPairsInOrder(int classes) {
    Rows rows = Rows.draw(classes, classes);
    double expected =
        Arrays.stream(rows.judgedClasses())
            .mapToDouble(index -> pairs(rows, index))
            .average()
            .orElseThrow();
    assertThat(rows.value(Metric.ROC_AUC)).isCloseTo(expected, within(EXACT));
  }

  private static double pairs(Rows rows, int index) {
    double wins = 0;
    double count = 0;
    for (int one : rows.repeated()) {
      for (int other : rows.repeated()) {
        if (rows.truth()[one] == index && rows.truth()[other] != index) {
          count++;
          int order = Float.compare(rows.of(one, index), rows.of(other, index));
          wins += order > 0 ? 1 : order == 0 ? 0.5 : 0;
        }
      }
    }
    return wins / count;
  }

  /** For every row of the class the precision among the rows that score at least as high. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void prAuc_isTheMeanPrecisionAtTheRowsOfTheClass(int classes) {
    Rows rows = Rows.draw(10 + classes, classes);
    double expected =
        Arrays.stream(rows.judgedClasses())
            .mapToDouble(
                index ->
                    Arrays.stream(rows.repeated())
                        .filter(row -> rows.truth()[row] == index)
                        .mapToDouble(row -> precision(rows, index, rows.of(row, index)))
                        .average()
                        .orElseThrow())
            .average()
            .orElseThrow();
    assertThat(rows.value(Metric.PR_AUC)).isCloseTo(expected, within(EXACT));
  }

  private static double precision(Rows rows, int index, float score) {
    int[] above =
        Arrays.stream(rows.repeated()).filter(row -> rows.of(row, index) >= score).toArray();
    return (double) Arrays.stream(above).filter(row -> rows.truth()[row] == index).count()
        / above.length;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void sharesAndErrors_areTheirDefinitions(int classes) {
    Rows rows = Rows.draw(20 + classes, classes);
    int[] all = rows.repeated();
    double right = 0;
    double loss = 0;
    double brier = 0;
    double[] hits = new double[classes];
    double[] own = new double[classes];
    double[] named = new double[classes];
    for (int row : all) {
      int truth = rows.truth()[row];
      right += rows.best(row) == truth ? 1 : 0;
      hits[truth] += rows.best(row) == truth ? 1 : 0;
      own[truth]++;
      named[rows.best(row)]++;
      loss -= Math.log(rows.of(row, truth));
      for (int index = 0; index < classes; index++) {
        brier += Math.pow(rows.of(row, index) - (index == truth ? 1 : 0), 2);
      }
    }
    double recalls = 0;
    for (int index = 0; index < classes; index++) {
      recalls += hits[index] / own[index] / classes;
    }
    double f1 =
        Arrays.stream(rows.judgedClasses())
            .mapToDouble(
                index -> {
                  double precision = named[index] == 0 ? 0 : hits[index] / named[index];
                  double recall = hits[index] / own[index];
                  return precision + recall == 0
                      ? 0
                      : 2 * precision * recall / (precision + recall);
                })
            .average()
            .orElseThrow();
    assertThat(rows.value(Metric.ACCURACY)).isCloseTo(right / all.length, within(EXACT));
    assertThat(rows.value(Metric.BALANCED_ACCURACY)).isCloseTo(recalls, within(EXACT));
    assertThat(rows.value(Metric.F1)).isCloseTo(f1, within(EXACT));
    assertThat(rows.value(Metric.LOG_LOSS)).isCloseTo(loss / all.length, within(1e-6));
    assertThat(rows.value(Metric.BRIER)).isCloseTo(brier / all.length, within(1e-6));
  }

  /** Two bins: 0.6 with half right, 0.9 with all right. */
  @Test
  void calibrationError_isTheWeightedGapOfTheBins() {
    int[] truth = {0, 1, 0, 0, 0, 0};
    float[] probabilities = {
      0.6f, 0.4f, 0.6f, 0.4f, 0.9f, 0.1f, 0.9f, 0.1f, 0.9f, 0.1f, 0.9f, 0.1f
    };
    JudgedClasses judged = new JudgedClasses(truth, probabilities, 2);
    assertThat(judged.values(1, 1, 1, 1, 1, 1)[judged.metrics().indexOf(Metric.CALIBRATION_ERROR)])
        .isCloseTo((2 * 0.1 + 4 * 0.1) / 6, within(1e-7));
    assertThat(judged.confusion()).containsExactly(List.of(5L, 0L), List.of(1L, 0L));
  }

  @Test
  void values_oneClassAlone_areasAreNotDefined() {
    Metrics metrics = Metrics.ofClasses(new int[] {0, 0}, new float[] {0.9f, 0.1f, 0.8f, 0.2f}, 2);
    assertThat(metrics.find(Metric.ROC_AUC).orElseThrow().value()).isNaN();
    assertThat(metrics.find(Metric.ROC_AUC).orElseThrow().hasInterval()).isFalse();
    assertThat(metrics.find(Metric.ACCURACY).orElseThrow().value()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8})
  void numbers_areTheirDefinitions(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    double[] truth = random.doubles(rows).toArray();
    double[] predicted = random.doubles(rows).toArray();
    int[] weights = {2, 0, 1, 3, 1, 1, 0, 2};
    int[] all =
        IntStream.range(0, rows)
            .flatMap(row -> IntStream.generate(() -> row).limit(weights[row]))
            .toArray();
    double[] errors = Arrays.stream(all).mapToDouble(row -> predicted[row] - truth[row]).toArray();
    double[] sizes = Arrays.stream(errors).map(Math::abs).sorted().toArray();
    double mean = Arrays.stream(all).mapToDouble(row -> truth[row]).average().orElseThrow();
    double squares = Arrays.stream(errors).map(error -> error * error).sum();
    double spread = Arrays.stream(all).mapToDouble(row -> Math.pow(truth[row] - mean, 2)).sum();
    double median = (sizes[(sizes.length - 1) / 2] + sizes[sizes.length / 2]) / 2;
    assertThat(new JudgedNumbers(truth, predicted).values(Arrays.copyOf(weights, rows)))
        .containsExactly(
            new double[] {
              Math.sqrt(squares / all.length),
              Arrays.stream(sizes).average().orElseThrow(),
              median,
              1 - squares / spread
            },
            within(EXACT));
  }

  /** The rounded mean of equal numbers may differ from them. */
  @Test
  void numbers_allEqual_explainNothing() {
    double[] truth = new double[60];
    double[] predicted = new double[60];
    Arrays.fill(truth, 0.1);
    Arrays.setAll(predicted, row -> row / 100.0);
    Figure explained = Metrics.ofNumbers(truth, predicted).find(Metric.R2).orElseThrow();
    assertThat(explained.value()).isNaN();
    assertThat(explained.hasInterval()).isFalse();
  }

  /** The interval of a share of 400 rows, by the normal approximation. */
  @Test
  void interval_ofAShare_isTheKnownOne() {
    int rows = 400;
    int[] truth = new int[rows];
    float[] probabilities = new float[2 * rows];
    for (int row = 0; row < rows; row++) {
      truth[row] = row % 5 == 0 ? 1 : 0;
      probabilities[2 * row] = 0.75f;
      probabilities[2 * row + 1] = 0.25f;
    }
    Figure accuracy =
        Metrics.ofClasses(truth, probabilities, 2).find(Metric.ACCURACY).orElseThrow();
    double half = 1.96 * Math.sqrt(0.8 * 0.2 / rows);
    assertThat(accuracy.value()).isCloseTo(0.8, within(EXACT));
    assertThat(accuracy.low()).isCloseTo(0.8 - half, within(0.006));
    assertThat(accuracy.high()).isCloseTo(0.8 + half, within(0.006));
  }

  /**
   * In 95 of 100 samples the interval holds the true value, give or take what 200 samples can tell.
   */
  @Test
  void interval_ofAMeanError_coversTheTruth() {
    int covered = 0;
    for (int sample = 0; sample < 200; sample++) {
      SplittableRandom random = new SplittableRandom(sample);
      double[] truth = new double[100];
      double[] predicted = random.doubles(100).toArray();
      Figure error = Metrics.ofNumbers(truth, predicted).find(Metric.MAE).orElseThrow();
      covered += error.low() <= 0.5 && 0.5 <= error.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(180, 198);
  }
}
