package io.tandem.report.chart;

import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/** Numbers at the ticks of an axis; empty where there is none. */
final class TickLabels {
  /**
   * Most distances between two ticks on an axis; the distance is 1, 2 or 5 times a power of ten.
   */
  private static final double MOST_TICKS = 9;

  private static final int MOST_DECIMALS = 12;
  private static final long LEAST_NUMBERS = 3;
  private static final double LARGEST_PLAIN = 1e5;
  private static final double SMALLEST_PLAIN = 1e-4;

  private TickLabels() {}

  /** A number of an axis of steps. */
  static String step(double step) {
    return step == Math.rint(step)
        ? String.format(Locale.ROOT, "%,.0f", step)
        : String.format(Locale.ROOT, "%.3f", step);
  }

  /** The power of ten at a number of an axis of exponents. */
  static String exponent(double exponent) {
    // XChart compares the labels of the ends, which are no whole numbers and never shown.
    return exponent == Math.rint(exponent)
        ? plain(1, (int) exponent)
        : String.format(Locale.ROOT, "%.3e", Math.pow(10, exponent));
  }

  /** The numbers of an axis of values. */
  static DoubleFunction<String> of(ValueAxis axis) {
    return axis.logarithmic() ? logarithmic(axis) : linear(axis);
  }

  /** Reports whether at least three numbers would lie on a logarithmic axis. */
  static boolean hasNumbers(ValueAxis axis) {
    DoubleFunction<String> labels = logarithmic(axis);
    int first = (int) Math.floor(Math.log10(axis.low()));
    int last = (int) Math.floor(Math.log10(axis.high()));
    return IntStream.rangeClosed(first, last)
            .boxed()
            .flatMap(decade -> IntStream.range(1, 10).mapToObj(digit -> digit * power(decade)))
            .filter(value -> value >= axis.low() && value <= axis.high())
            .filter(value -> !labels.apply(value).isEmpty())
            .limit(LEAST_NUMBERS)
            .count()
        == LEAST_NUMBERS;
  }

  private static DoubleFunction<String> linear(ValueAxis axis) {
    double size = Math.max(Math.abs(axis.low()), Math.abs(axis.high()));
    int finest = (int) Math.floor(Math.log10((axis.high() - axis.low()) / MOST_TICKS));
    if (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN) {
      int largest = (int) Math.floor(Math.log10(size));
      String pattern = "%." + Math.min(MOST_DECIMALS, Math.max(0, largest - finest)) + "e";
      return value -> value == 0 ? "0" : String.format(Locale.ROOT, pattern, value);
    }
    String pattern = "%,." + Math.min(MOST_DECIMALS, Math.max(0, -finest)) + "f";
    // What is left of a rounding must not become -0.
    return value -> String.format(Locale.ROOT, pattern, value).replaceFirst("^-(?=[0.]*$)", "");
  }

  /** Ticks are at 1 to 9 times a power of ten; the shorter the axis, the more of them are named. */
  private static DoubleFunction<String> logarithmic(ValueAxis axis) {
    double decades = axis.decades();
    Set<Integer> named =
        decades < 1 ? Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9) : decades < 3 ? Set.of(1, 2, 5) : Set.of(1);
    return value -> {
      // Ten times a power is found as once the next.
      int decade = (int) Math.floor(Math.log10(value) + 1e-9);
      int digit = (int) Math.rint(value / power(decade));
      return named.contains(digit) ? plain(digit, decade) : "";
    };
  }

  private static String plain(int digit, int decade) {
    double value = digit * power(decade);
    if (value >= LARGEST_PLAIN || value < SMALLEST_PLAIN) {
      return digit + "e" + decade;
    }
    return String.format(Locale.ROOT, "%,." + Math.max(0, -decade) + "f", value);
  }

  private static double power(int decade) {
    return Math.pow(10, decade);
  }
}
