package io.tandem.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A figure by which predictions are judged. */
public enum Metric {
  /**
   * Share of the rows whose answer is right: the most probable class, unless a threshold decides.
   */
  ACCURACY(false),
  /** Mean over the classes of the share of their rows that is right (the recall). */
  BALANCED_ACCURACY(false),
  /**
   * F1 score of the second of two classes, or the mean over the classes, where there are more, that
   * a row has or a prediction is.
   */
  F1(false),
  /**
   * Area under the ROC curve of the second of two classes (Hanley and McNeil 1982), or the mean
   * over the classes, one against the rest, where there are more; classes without a row do not
   * count.
   */
  ROC_AUC(false),
  /** Average precision, of the same classes. */
  PR_AUC(false),
  /** Mean cross-entropy, nats. */
  LOG_LOSS(true),
  /**
   * Sum over the classes of the squared error of the probability, mean over the rows (Brier 1950).
   */
  BRIER(true),
  /**
   * Expected calibration error in fifteen bins of equal width (Guo et al. 2017, equation 3): how
   * far confidence is from accuracy.
   */
  CALIBRATION_ERROR(true),
  /** Root of the mean squared error. */
  RMSE(true),
  /** Mean absolute error. */
  MAE(true),
  /** Median absolute error. */
  MEDIAN_ERROR(true),
  /** Coefficient of determination, 1 minus the squared errors over those of the mean. */
  R2(false);

  private final boolean less;

  Metric(boolean less) {
    this.less = less;
  }

  /** Returns true if it is one of numbers; the others are of classes. */
  public boolean isOfNumbers() {
    return switch (this) {
      case RMSE, MAE, MEDIAN_ERROR, R2 -> true;
      case ACCURACY, BALANCED_ACCURACY, F1, ROC_AUC, PR_AUC, LOG_LOSS, BRIER, CALIBRATION_ERROR ->
          false;
    };
  }

  /** Returns true if less is better. */
  public boolean lessIsBetter() {
    return less;
  }

  /** The metric that a text calls so, as {@link #text} does. */
  public static Optional<Metric> named(String text) {
    return Arrays.stream(values()).filter(metric -> metric.text().equals(text)).findFirst();
  }

  /**
   * A number of which less is better: the value, or 1 minus it.
   *
   * @param value of this metric, or what this made of it
   */
  public double turned(double value) {
    return less ? value : 1 - value;
  }

  /** What it is called in files, for example {@code balanced_accuracy}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is called in texts, for example {@code balanced accuracy}. */
  public String text() {
    return switch (this) {
      case ROC_AUC -> "ROC AUC";
      case PR_AUC -> "PR AUC";
      case RMSE, MAE, R2, F1 -> name();
      case BRIER -> "Brier score";
      case ACCURACY, BALANCED_ACCURACY, LOG_LOSS, CALIBRATION_ERROR, MEDIAN_ERROR ->
          key().replace('_', ' ');
    };
  }
}
