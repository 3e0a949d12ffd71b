package io.tandem.report;

import java.util.Locale;

/** Numbers as people read them: three significant digits without needless zeros. */
public final class Significant {
  private static final double SMALLEST_PLAIN = 1e-3;
  private static final double LARGEST_PLAIN = 1e5;

  /** With four decimals; others are as {@link #text} has them. */
  private static final double LARGEST_FIGURE = 1e4;

  private Significant() {}

  /**
   * The figure of a goal as text: four decimals, unless it is far from 0.
   *
   * @param value any
   */
  public static String figure(double value) {
    if (Double.isNaN(value)) {
      return "not defined";
    }
    return Math.abs(value) < LARGEST_FIGURE
        ? String.format(Locale.ROOT, "%.4f", value)
        : text(value);
  }

  /**
   * A number as text.
   *
   * @param value any; what is not finite is {@code -}
   */
  public static String text(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
