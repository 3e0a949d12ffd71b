package io.tandem.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Figures of predictions, each with its 95 % interval by the percentile bootstrap over rows (Efron
 * and Tibshirani 1993, chapter 13). The draws are always the same.
 *
 * @param figures the most important one first
 * @param confusion of classes, {@code confusion[truth][predicted]} rows; empty where numbers are
 *     predicted
 */
public record Metrics(List<Figure> figures, List<List<Long>> confusion) {
  private static final int MOST_RESAMPLES = 1000;
  private static final int LEAST_RESAMPLES = 100;
  private static final long WORK = 500_000_000;
  private static final double TAIL = 0.025;
  private static final long SEED = 8093;

  /** Copies the lists. */
  public Metrics {
    figures = List.copyOf(figures);
    confusion = List.copyOf(confusion);
  }

  /**
   * Of classes.
   *
   * @param truth class of each row, from 0
   * @param probabilities row-major {@code [rows, classes]}
   * @param classes number of classes
   */
  public static Metrics ofClasses(int[] truth, float[] probabilities, int classes) {
    JudgedClasses judged = new JudgedClasses(truth, probabilities, classes);
    return new Metrics(figures(judged), judged.confusion());
  }

  /**
   * Of classes, where the answer is not always the most probable class.
   *
   * @param truth class of each row, from 0
   * @param answers class that the model names for each row
   * @param probabilities row-major {@code [rows, classes]}
   * @param classes number of classes
   */
  public static Metrics ofAnswers(int[] truth, int[] answers, float[] probabilities, int classes) {
    JudgedClasses judged = new JudgedClasses(truth, answers, probabilities, classes);
    return new Metrics(figures(judged), judged.confusion());
  }

  /**
   * Of numbers.
   *
   * @param truth the numbers
   * @param predicted what a model says
   */
  public static Metrics ofNumbers(double[] truth, double[] predicted) {
    return new Metrics(figures(new JudgedNumbers(truth, predicted)), List.of());
  }

  /**
   * One metric of classes, without its interval.
   *
   * @param metric one that classes have
   * @param truth class of each row, from 0
   * @param probabilities row-major {@code [rows, classes]}
   * @param classes number of classes
   */
  public static double valueOfClasses(
      Metric metric, int[] truth, float[] probabilities, int classes) {
    return value(metric, new JudgedClasses(truth, probabilities, classes));
  }

  /**
   * One metric of numbers, without its interval.
   *
   * @param metric one that numbers have
   * @param truth the numbers
   * @param predicted what a model says
   */
  public static double valueOfNumbers(Metric metric, double[] truth, double[] predicted) {
    return value(metric, new JudgedNumbers(truth, predicted));
  }

  private static double value(Metric metric, Judged judged) {
    int[] once = new int[judged.rows()];
    Arrays.fill(once, 1);
    return judged.values(once)[judged.metrics().indexOf(metric)];
  }

  /** The figure of a metric. */
  public Optional<Figure> find(Metric metric) {
    return figures.stream().filter(figure -> figure.metric() == metric).findFirst();
  }

  private static List<Figure> figures(Judged judged) {
    int rows = judged.rows();
    int[] once = new int[rows];
    Arrays.fill(once, 1);
    double[] values = judged.values(once);
    int resamples =
        (int)
            Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, WORK / Math.max(1, judged.work())));
    double[][] drawn = new double[values.length][resamples];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int resample = 0; resample < resamples; resample++) {
      int[] weights = new int[rows];
      for (int draw = 0; draw < rows; draw++) {
        weights[random.nextInt(rows)]++;
      }
      double[] own = judged.values(weights);
      for (int metric = 0; metric < own.length; metric++) {
        drawn[metric][resample] = own[metric];
      }
    }
    List<Figure> figures = new ArrayList<>();
    for (int metric = 0; metric < values.length; metric++) {
      figures.add(figure(judged.metrics().get(metric), values[metric], drawn[metric]));
    }
    return figures;
  }

  /** Resamples that do not define the metric, such as those without a class, do not count. */
  private static Figure figure(Metric metric, double value, double... drawn) {
    double[] sorted = Arrays.stream(drawn).filter(Double::isFinite).sorted().toArray();
    return sorted.length < LEAST_RESAMPLES / 2 || !Double.isFinite(value)
        ? new Figure(metric, value)
        : new Figure(metric, value, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
