package io.tandem.audit;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Arithmetic on samples and vectors. */
final class Statistics {
  private Statistics() {}

  static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** The unbiased variance of at least two values. */
  static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / (values.length - 1);
  }

  static double rootMeanSquare(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum() / values.length);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  static double dot(double[] left, double[] right) {
    return IntStream.range(0, left.length).mapToDouble(index -> left[index] * right[index]).sum();
  }

  /** Cosine of the angle of two parts; not a number where one is 0. */
  static double cosine(double[] left, double[] right, int offset, int length) {
    double[] first = Arrays.copyOfRange(left, offset, offset + length);
    double[] second = Arrays.copyOfRange(right, offset, offset + length);
    return dot(first, second) / Math.sqrt(dot(first, first) * dot(second, second));
  }
}
