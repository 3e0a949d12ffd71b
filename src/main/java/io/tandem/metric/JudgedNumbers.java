package io.tandem.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers and what a model predicts for them. */
final class JudgedNumbers implements Judged {
  private final double[] truth;
  private final double[] errors;
  private final int[] bySize;

  JudgedNumbers(double[] truth, double[] predicted) {
    this.truth = truth.clone();
    errors = new double[truth.length];
    Arrays.setAll(errors, row -> predicted[row] - truth[row]);
    bySize =
        IntStream.range(0, truth.length)
            .boxed()
            .sorted(Comparator.comparing(row -> Math.abs(errors[row])))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  @Override
  public int rows() {
    return truth.length;
  }

  @Override
  public long work() {
    return 4L * truth.length;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.RMSE, Metric.MAE, Metric.MEDIAN_ERROR, Metric.R2);
  }

  @Override
  public double[] values(int... weights) {
    double count = 0;
    double mean = 0;
    double squares = 0;
    double sizes = 0;
    for (int row = 0; row < truth.length; row++) {
      count += weights[row];
      mean += weights[row] * truth[row];
      squares += weights[row] * errors[row] * errors[row];
      sizes += weights[row] * Math.abs(errors[row]);
    }
    mean /= count;
    double spread = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < truth.length; row++) {
      spread += weights[row] * (truth[row] - mean) * (truth[row] - mean);
      low = weights[row] > 0 ? Math.min(low, truth[row]) : low;
      high = weights[row] > 0 ? Math.max(high, truth[row]) : high;
    }
    return new double[] {
      Math.sqrt(squares / count),
      sizes / count,
      median((long) count, weights),
      // The rounded mean of equal numbers may differ from them.
      high > low ? 1 - squares / spread : Double.NaN
    };
  }

  /** Of an even number of rows the mean of the two in the middle. */
  private double median(long count, int... weights) {
    long lower = Math.floorDiv(count - 1, 2);
    long upper = Math.floorDiv(count, 2);
    double sum = 0;
    long before = 0;
    for (int row : bySize) {
      long after = before + weights[row];
      sum += lower >= before && lower < after ? Math.abs(errors[row]) / 2 : 0;
      sum += upper >= before && upper < after ? Math.abs(errors[row]) / 2 : 0;
      before = after;
    }
    return sum;
  }
}
