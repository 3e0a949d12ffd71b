package io.tandem.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Classes and the probabilities that a model gives them. */
final class JudgedClasses implements Judged {
  private static final int BINS = 15;

  private final int[] truth;
  private final int[] answers;
  private final int[] best;
  private final float[] confidence;
  private final double[] losses;
  private final double[] squares;
  private final int classes;
  private final List<RankedClass> ranked = new ArrayList<>();

  /** Rows whose answer is the most probable class. */
  JudgedClasses(int[] truth, float[] probabilities, int classes) {
    this(truth, mostProbable(probabilities, classes), probabilities, classes);
  }

  /** Rows with other answers than that. */
  JudgedClasses(int[] truth, int[] answers, float[] probabilities, int classes) {
    this.truth = truth.clone();
    this.answers = answers.clone();
    this.classes = classes;
    int rows = truth.length;
    best = mostProbable(probabilities, classes);
    confidence = new float[rows];
    losses = new double[rows];
    squares = new double[rows];
    for (int row = 0; row < rows; row++) {
      for (int index = 0; index < classes; index++) {
        float probability = probabilities[row * classes + index];
        double error = probability - (truth[row] == index ? 1 : 0);
        squares[row] += error * error;
      }
      confidence[row] = probabilities[row * classes + best[row]];
      // A probability that is too small for 32 bits counts as the smallest that is not.
      losses[row] = -Math.log(Math.max(Float.MIN_VALUE, probabilities[row * classes + truth[row]]));
    }
    for (int index = classes == 2 ? 1 : 0; index < classes; index++) {
      ranked.add(new RankedClass(truth, probabilities, classes, index));
    }
  }

  private static int[] mostProbable(float[] probabilities, int classes) {
    int[] best = new int[probabilities.length / classes];
    for (int row = 0; row < best.length; row++) {
      for (int index = 1; index < classes; index++) {
        best[row] =
            probabilities[row * classes + index] > probabilities[row * classes + best[row]]
                ? index
                : best[row];
      }
    }
    return best;
  }

  @Override
  public int rows() {
    return truth.length;
  }

  @Override
  public long work() {
    return 4L * truth.length * (ranked.size() + 1);
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.ACCURACY,
        Metric.BALANCED_ACCURACY,
        Metric.F1,
        Metric.ROC_AUC,
        Metric.PR_AUC,
        Metric.LOG_LOSS,
        Metric.BRIER,
        Metric.CALIBRATION_ERROR);
  }

  /** How many rows of each class have which class as their answer. */
  List<List<Long>> confusion() {
    int[] once = new int[truth.length];
    Arrays.fill(once, 1);
    return Arrays.stream(confusion(once))
        .map(row -> Arrays.stream(row).boxed().toList())
        .collect(Collectors.toList());
  }

  private long[][] confusion(int... weights) {
    long[][] counts = new long[classes][classes];
    for (int row = 0; row < truth.length; row++) {
      counts[truth[row]][answers[row]] += weights[row];
    }
    return counts;
  }

  @Override
  public double[] values(int... weights) {
    double count = 0;
    double right = 0;
    double loss = 0;
    double brier = 0;
    for (int row = 0; row < truth.length; row++) {
      count += weights[row];
      right += truth[row] == answers[row] ? weights[row] : 0;
      loss += weights[row] * losses[row];
      brier += weights[row] * squares[row];
    }
    long[][] confusion = confusion(weights);
    return new double[] {
      right / count,
      balanced(confusion),
      f1(confusion),
      mean(ranked.stream().mapToDouble(one -> one.rocAuc(weights))),
      mean(ranked.stream().mapToDouble(one -> one.averagePrecision(weights))),
      loss / count,
      brier / count,
      calibration(count, weights)
    };
  }

  /** The mean over the classes whose rows define it. */
  private static double mean(DoubleStream values) {
    return values.filter(Double::isFinite).average().orElse(Double.NaN);
  }

  /** Classes without a row do not count. */
  static double balanced(long[]... confusion) {
    double sum = 0;
    int present = 0;
    for (int index = 0; index < confusion.length; index++) {
      long rows = Arrays.stream(confusion[index]).sum();
      if (rows > 0) {
        sum += (double) confusion[index][index] / rows;
        present++;
      }
    }
    return sum / present;
  }

  /** A class that neither a row nor a prediction has does not count. */
  static double f1(long[]... confusion) {
    return mean(
        IntStream.range(confusion.length == 2 ? 1 : 0, confusion.length)
            .mapToDouble(
                index -> {
                  long rows = Arrays.stream(confusion[index]).sum();
                  long named = Arrays.stream(confusion).mapToLong(row -> row[index]).sum();
                  return 2.0 * confusion[index][index] / (named + rows);
                }));
  }

  private double calibration(double count, int... weights) {
    double[] sums = new double[BINS];
    for (int row = 0; row < truth.length; row++) {
      // The first bin begins at 0 and every bin holds its upper end.
      int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence[row] * BINS) - 1));
      sums[bin] += weights[row] * (confidence[row] - (truth[row] == best[row] ? 1 : 0));
    }
    return Arrays.stream(sums).map(Math::abs).sum() / count;
  }
}
