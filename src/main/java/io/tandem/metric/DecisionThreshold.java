package io.tandem.metric;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The probability of the second of two classes above which it is the answer. It is chosen for a
 * metric on rows that the network was not trained on: with few rows of a class, the more probable
 * class is hardly ever the rare one, however well the probabilities order the rows.
 *
 * @param metric that it was chosen for
 * @param value the second class is the answer where its probability is larger, 0 to 1
 * @param reached the metric on the rows that it was chosen on
 */
public record DecisionThreshold(Metric metric, float value, double reached) {
  private static final float EVEN = 0.5f;

  /** Thresholds on both sides of 0.5 are equally near to it up to this. */
  private static final float ROUNDING = 1e-6f;

  /**
   * Chooses the one with the highest metric. Candidates are the midpoints between neighbouring
   * probabilities, and 0.5 where all probabilities are on one side of it. Of equal ones the nearest
   * to 0.5 is chosen, of two that are equally near the lower one.
   *
   * @param metric {@link Metric#ACCURACY}, {@link Metric#BALANCED_ACCURACY} or {@link Metric#F1}
   * @param truth class of each row, 0 or 1; at least one row
   * @param probabilities row-major {@code [rows, 2]}
   */
  public static DecisionThreshold choose(Metric metric, int[] truth, float[] probabilities) {
    int[] order =
        IntStream.range(0, truth.length)
            .boxed()
            .sorted(Comparator.comparing(row -> probabilities[2 * row + 1]))
            .mapToInt(Integer::intValue)
            .toArray();
    // All rows have the second class as their answer at first, and one after the other loses it.
    long[][] confusion = new long[2][2];
    for (int label : truth) {
      confusion[label][1]++;
    }
    float lowest = probabilities[2 * order[0] + 1];
    DecisionThreshold best =
        lowest > EVEN
            ? new DecisionThreshold(metric, EVEN, of(metric, confusion))
            : new DecisionThreshold(metric, Float.NaN, Double.NaN);
    for (int place = 0; place < order.length; place++) {
      int label = truth[order[place]];
      confusion[label][1]--;
      confusion[label][0]++;
      float below = probabilities[2 * order[place] + 1];
      boolean last = place + 1 == order.length;
      float above = last ? below : probabilities[2 * order[place + 1] + 1];
      if (above > below || last && below <= EVEN) {
        float threshold = last ? EVEN : between(below, above);
        DecisionThreshold next = new DecisionThreshold(metric, threshold, of(metric, confusion));
        best = next.isBetterThan(best) ? next : best;
      }
    }
    return best;
  }

  /** A number that separates two, also where 32 bits have none between them. */
  private static float between(float below, float above) {
    float middle = (float) (((double) below + above) / 2);
    return middle < above ? middle : below;
  }

  private boolean isBetterThan(DecisionThreshold other) {
    if (Float.isNaN(other.value)) {
      return true;
    }
    int order = Double.compare(orLeast(reached), orLeast(other.reached));
    return order > 0
        || order == 0 && Math.abs(value - EVEN) < Math.abs(other.value - EVEN) - ROUNDING;
  }

  private static double orLeast(double reached) {
    return Double.isNaN(reached) ? Double.NEGATIVE_INFINITY : reached;
  }

  private static double of(Metric metric, long[]... confusion) {
    return switch (metric) {
      case ACCURACY ->
          (double) (confusion[0][0] + confusion[1][1])
              / (confusion[0][0] + confusion[0][1] + confusion[1][0] + confusion[1][1]);
      case BALANCED_ACCURACY -> JudgedClasses.balanced(confusion);
      case F1 -> JudgedClasses.f1(confusion);
      case ROC_AUC, PR_AUC, LOG_LOSS, BRIER, CALIBRATION_ERROR, RMSE, MAE, MEDIAN_ERROR, R2 ->
          throw new IllegalArgumentException(metric.text() + " does not depend on a threshold");
    };
  }

  /**
   * The answers of a network.
   *
   * @param probabilities row-major {@code [rows, 2]}
   * @return class of each row, 0 or 1
   */
  public int[] answers(float... probabilities) {
    return IntStream.range(0, probabilities.length / 2)
        .map(row -> probabilities[2 * row + 1] > value ? 1 : 0)
        .toArray();
  }
}
