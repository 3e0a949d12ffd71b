package io.tandem.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A monotone map of numbers to normal scores, learnt from numbers: the value of rank {@code r}
 * among {@code n} gets the standard normal's quantile of {@code (r - 1/2) / n} (rankits, Ipsen and
 * Jerne 1944), equal values that of their mean rank. At most {@link #MOST} values are kept, about
 * evenly spaced in their scores; between them the map is linear, outside it is constant.
 *
 * @param values strictly increasing, at least one
 * @param scores of each of them, not decreasing
 */
public record Quantiles(List<Float> values, List<Float> scores) {
  /** Values that are kept, at most. */
  public static final int MOST = 64;

  /** Copies the lists and checks them. */
  public Quantiles {
    values = List.copyOf(values);
    scores = List.copyOf(scores);
    if (values.isEmpty() || values.size() != scores.size()) {
      throw new IllegalArgumentException(
          values.size() + " values and " + scores.size() + " scores");
    }
    for (int place = 0; place < values.size(); place++) {
      if (!Float.isFinite(values.get(place))
          || !Float.isFinite(scores.get(place))
          || place > 0
              && (values.get(place) <= values.get(place - 1)
                  || scores.get(place) < scores.get(place - 1))) {
        throw new IllegalArgumentException("its quantiles do not increase");
      }
    }
  }

  /**
   * Learns it.
   *
   * @param numbers finite, at least one
   */
  public static Quantiles of(float... numbers) {
    float[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    double[] midRanks = new double[count];
    int distinct = 0;
    for (int begin = 0; begin < count; ) {
      int end = begin;
      while (end < count && sorted[end] == sorted[begin]) {
        end++;
      }
      // 0 and -0 are the same number.
      sorted[distinct] = sorted[begin] + 0f;
      midRanks[distinct++] = NormalScore.of((begin + end) / (2.0 * count));
      begin = end;
    }
    return kept(sorted, midRanks, distinct, 2 * NormalScore.of((count - 0.5) / count) / (MOST - 2));
  }

  /**
   * Keeps the first value and the last, and of the others those that are a step further than the
   * one before, or stand before a jump. A jump is two steps at least, so that no more than {@link
   * #MOST} are kept.
   */
  private static Quantiles kept(float[] values, double[] scores, int count, double step) {
    List<Float> keptValues = new ArrayList<>();
    List<Float> keptScores = new ArrayList<>();
    double due = Double.NEGATIVE_INFINITY;
    for (int place = 0; place < count; place++) {
      boolean last = place == count - 1;
      if (scores[place] >= due || last || scores[place + 1] >= due + step) {
        keptValues.add(values[place]);
        keptScores.add((float) scores[place]);
        due = scores[place] + step;
      }
    }
    return new Quantiles(keptValues, keptScores);
  }

  /**
   * The scores of numbers: 64-bit arithmetic, rounded to 32 bits at the end.
   *
   * @param numbers not NaN
   */
  public float[] apply(float... numbers) {
    int count = values.size();
    float[] known = new float[count];
    double[] slopes = new double[count];
    for (int place = 0; place < count; place++) {
      known[place] = values.get(place);
      slopes[place] = slope(place);
    }
    float[] result = new float[numbers.length];
    for (int index = 0; index < numbers.length; index++) {
      float inside = Math.min(Math.max(numbers[index] + 0f, known[0]), known[count - 1]);
      int found = Arrays.binarySearch(known, inside);
      int place = found >= 0 ? found : -found - 2;
      double distance = (double) inside - known[place];
      result[index] = (float) (scores.get(place) + distance * slopes[place]);
    }
    return result;
  }

  /**
   * The slope after a value that is kept; 0 after the last.
   *
   * @param place of the value
   */
  public double slope(int place) {
    if (place == values.size() - 1) {
      return 0;
    }
    double rise = (double) scores.get(place + 1) - scores.get(place);
    return rise / ((double) values.get(place + 1) - values.get(place));
  }
}
