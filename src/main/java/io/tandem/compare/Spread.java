package io.tandem.compare;

import java.util.Arrays;

/**
 * Mean and spread of the values of an arm.
 *
 * @param count number of finite values
 * @param mean of them; NaN without any
 * @param deviation standard deviation of them, with {@code count - 1} below; NaN of fewer than two
 * @param median of them; NaN without any
 */
public record Spread(int count, double mean, double deviation, double median) {
  /** That of the finite ones of some values. */
  static Spread of(double[] values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    int count = finite.length;
    if (count == 0) {
      return new Spread(0, Double.NaN, Double.NaN, Double.NaN);
    }
    double mean = Arrays.stream(finite).sum() / count;
    double squares = Arrays.stream(finite).map(value -> (value - mean) * (value - mean)).sum();
    double deviation = count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
    double median = (finite[(count - 1) / 2] + finite[count / 2]) / 2;
    return new Spread(count, mean, deviation, median);
  }
}
