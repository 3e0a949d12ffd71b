package io.tandem.search;

import io.tandem.graph.joint.child.Evaluation;
import io.tandem.report.RankCorrelation;
import io.tandem.search.propose.Contender;
import java.util.List;
import java.util.Optional;

/**
 * The rank correlation of Kendall (1938), tau-b where there are ties, with an interval by the
 * jackknife (Efron and Tibshirani 1993, chapter 11).
 */
final class KendallTau {
  /** Quantile of the normal distribution for 95 %. */
  private static final double NORMAL = 1.959964;

  private KendallTau() {}

  /**
   * Of the losses with shared weights and those after the first training from scratch.
   *
   * @param shared losses with shared weights of the first candidates
   * @param contenders all candidates, in the same order
   * @return empty with fewer than three candidates, and where all of them are alike
   */
  static Optional<RankCorrelation> of(List<Evaluation> shared, List<Contender> contenders) {
    int count = Math.min(shared.size(), contenders.size());
    double[] first = new double[count];
    double[] second = new double[count];
    for (int index = 0; index < count; index++) {
      Evaluation evaluation = shared.get(index);
      first[index] = evaluation.isFinite() ? evaluation.calibrated() : Double.POSITIVE_INFINITY;
      second[index] = contenders.get(index).loss(0);
    }
    return of(first, second);
  }

  static Optional<RankCorrelation> of(double[] first, double[] second) {
    int count = first.length;
    double tau = tau(first, second, -1);
    if (count < 3 || Double.isNaN(tau)) {
      return Optional.empty();
    }
    double[] without = new double[count];
    double mean = 0;
    for (int left = 0; left < count; left++) {
      double part = tau(first, second, left);
      without[left] = Double.isNaN(part) ? 0 : part;
      mean += without[left] / count;
    }
    double squares = 0;
    for (double part : without) {
      squares += (part - mean) * (part - mean);
    }
    double error = Math.sqrt((count - 1.0) / count * squares);
    return Optional.of(
        new RankCorrelation(
            count, tau, Math.max(-1, tau - NORMAL * error), Math.min(1, tau + NORMAL * error)));
  }

  /** Without one of them; NaN where one order is all ties. */
  private static double tau(double[] first, double[] second, int without) {
    double agreeing = 0;
    double ofFirst = 0;
    double ofSecond = 0;
    for (int i = 0; i < first.length; i++) {
      for (int j = 0; j < i; j++) {
        if (i != without && j != without) {
          int one = Double.compare(first[i], first[j]);
          int other = Double.compare(second[i], second[j]);
          agreeing += one * other;
          ofFirst += one * one;
          ofSecond += other * other;
        }
      }
    }
    return agreeing / Math.sqrt(ofFirst * ofSecond);
  }
}
