package io.tandem.metric;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Rows by the probability of one class, the most probable first. */
final class RankedClass {
  private final int[] order;
  private final boolean[] positive;
  private final float[] scores;

  /**
   * Sorts the rows.
   *
   * @param truth class of each row
   * @param probabilities row-major {@code [rows, classes]}
   * @param classes number of classes
   * @param index the class; the others are the rest
   */
  RankedClass(int[] truth, float[] probabilities, int classes, int index) {
    int rows = truth.length;
    scores = new float[rows];
    positive = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = probabilities[row * classes + index];
      positive[row] = truth[row] == index;
    }
    order =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparing((Integer row) -> scores[row]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /**
   * Probability that a row of the class has a higher score than one of the rest; ties count half.
   *
   * @param weights how often each row counts
   * @return NaN if there are no rows of one of the two
   */
  double rocAuc(int... weights) {
    double above = 0;
    double wins = 0;
    double rest = 0;
    for (int place = 0; place < order.length; ) {
      double own = 0;
      double others = 0;
      for (float score = scores[order[place]];
          place < order.length && scores[order[place]] == score;
          place++) {
        int row = order[place];
        own += positive[row] ? weights[row] : 0;
        others += positive[row] ? 0 : weights[row];
      }
      wins += others * (above + own / 2);
      above += own;
      rest += others;
    }
    return wins / (above * rest);
  }

  /**
   * Sum over the scores of the precision above each, weighted by the recall that it adds.
   *
   * @param weights how often each row counts
   * @return NaN if there are no rows of the class
   */
  double averagePrecision(int... weights) {
    double above = 0;
    double all = 0;
    double sum = 0;
    for (int place = 0; place < order.length; ) {
      double own = 0;
      for (float score = scores[order[place]];
          place < order.length && scores[order[place]] == score;
          place++) {
        int row = order[place];
        own += positive[row] ? weights[row] : 0;
        all += weights[row];
      }
      above += own;
      sum += own > 0 ? own * above / all : 0;
    }
    return sum / above;
  }
}
