package io.tandem.compare;

import io.tandem.space.Goal;
import java.util.Locale;

/** The figure on the test part by which arms are compared. */
public enum Metric {
  /** Share of right answers; more is better. */
  ACCURACY(false),
  /** Coefficient of determination of numbers that are predicted; more is better. */
  R2(false),
  /** Perplexity of a language model; less is better. */
  PERPLEXITY(true),
  /** Mean loss, of classes and words the cross-entropy in nats; less is better. */
  LOSS(true);

  /** Values nearer to each other than this differ by rounding. */
  private static final double TIED = 1e-12;

  private final boolean less;

  Metric(boolean less) {
    this.less = less;
  }

  /** The one of a goal where nothing else is wanted. */
  public static Metric of(Goal goal) {
    return switch (goal) {
      case ACCURACY -> ACCURACY;
      case R2 -> R2;
      case PERPLEXITY -> PERPLEXITY;
    };
  }

  /** Returns true if less is better. */
  public boolean lessIsBetter() {
    return less;
  }

  /** Whether networks of a goal have it. */
  public boolean fits(Goal goal) {
    return this == LOSS || this == of(goal);
  }

  /** The figure of a cell; the worst there is where the cell has none. */
  double worth(CellResult cell) {
    double value = this == LOSS ? cell.testLoss() : cell.test();
    return Double.isNaN(value) ? worst() : value;
  }

  private double worst() {
    return less ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /** By how much one value is better than another; 0 if neither of the two is finite. */
  double advantage(double value, double other) {
    double difference = less ? other - value : value - other;
    return Math.abs(difference) > TIED ? difference : 0;
  }

  @Override
  public String toString() {
    return text();
  }

  /** What it is called, in small letters. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
