package io.tandem.compare;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The correction for several tests (Holm 1979, "A simple sequentially rejective multiple test
 * procedure"): the chance of any wrong rejection stays below the level, whatever the tests have to
 * do with each other.
 */
final class Holm {
  private Holm() {}

  /**
   * Adjusts p-values, so that each can be held against the level as it is.
   *
   * @param values p-values of all tests, each in 0..1
   * @return in the same order: of the k-th smallest of m the largest of {@code (m - j + 1)} times
   *     the j-th smallest over {@code j <= k}, at most 1
   */
  static double[] adjusted(double[] values) {
    List<Integer> ascending =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> values[index]))
            .toList();
    double[] adjusted = new double[values.length];
    double largest = 0;
    for (int place = 0; place < values.length; place++) {
      int index = ascending.get(place);
      largest = Math.max(largest, Math.min(1, (values.length - place) * values[index]));
      adjusted[index] = largest;
    }
    return adjusted;
  }
}
