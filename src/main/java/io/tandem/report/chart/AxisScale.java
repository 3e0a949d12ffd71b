package io.tandem.report.chart;

import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Mapping from the values of an axis to those of XChart's axis.
 *
 * @param logarithmic whether XChart's axis is logarithmic: then it has lines at 1 to 9 times every
 *     power of ten, too many for an axis of many decades
 * @param spacing pixels from one number to the next, at least
 * @param padding whether XChart's axis is to be a little longer than the values
 * @param forth from a value to XChart's value
 * @param labels by XChart's value
 */
record AxisScale(
    boolean logarithmic,
    int spacing,
    boolean padding,
    DoubleUnaryOperator forth,
    DoubleFunction<String> labels) {
  private static final int SPACING = 44;
  private static final double MOST_DECADES_WITH_LINES = 6;

  /** With 6 decades or more this is at least one decade, so that numbers are at whole exponents. */
  private static final int SPACING_OF_DECADES = 62;

  /**
   * XChart puts its numbers at the values if all distances are equal; with these ends they never
   * are.
   */
  private static final double BELOW = 0.011;

  private static final double ABOVE = 0.017;

  /** The scale of an axis. */
  static AxisScale of(ValueAxis axis) {
    DoubleFunction<String> labels = TickLabels.of(axis);
    if (!axis.logarithmic()) {
      // XChart rounds to ten decimals: it gets values whose range is from 1 to 10 long.
      double factor = Math.pow(10, -Math.floor(Math.log10(axis.high() - axis.low())));
      return new AxisScale(
          false, SPACING, true, value -> value * factor, value -> labels.apply(value / factor));
    }
    if (axis.decades() <= MOST_DECADES_WITH_LINES) {
      return new AxisScale(true, SPACING, false, DoubleUnaryOperator.identity(), labels);
    }
    return new AxisScale(false, SPACING_OF_DECADES, true, Math::log10, TickLabels::exponent);
  }

  /** The lower end of XChart's axis. */
  double low(ValueAxis axis) {
    return end(axis, axis.low(), -BELOW);
  }

  /** The upper end of XChart's axis. */
  double high(ValueAxis axis) {
    return end(axis, axis.high(), ABOVE);
  }

  private double end(ValueAxis axis, double value, double share) {
    double length = forth.applyAsDouble(axis.high()) - forth.applyAsDouble(axis.low());
    return forth.applyAsDouble(value) + (padding ? share * length : 0);
  }
}
