package io.tandem.report.chart;

import java.util.Arrays;
import java.util.Locale;

/**
 * The range of values that a chart shows.
 *
 * <p>Values are outside where at most two percent of them on a side would take more than half of
 * the axis, of fewer than 50 values three quarters: those farther from the second and the 98th
 * percentile than these are from each other (fences as those of Tukey 1977, "Exploratory Data
 * Analysis", chapter 2, on other quantiles).
 *
 * @param low smallest value shown
 * @param high largest value shown, above {@code low}
 * @param logarithmic whether equal distances are equal factors; then {@code low} is positive
 * @param outside number of values beyond the two
 * @param all number of values
 */
record ValueAxis(double low, double high, boolean logarithmic, int outside, int all) {
  private static final double TAIL = 0.02;
  private static final int FEWEST_WITH_TAILS = 10;

  /** Two percent of fewer values are less than one, so that the one has to be far out. */
  private static final int MANY = 50;

  private static final double HALF = 2;
  private static final double QUARTER = 4;
  private static final double TWO_DECADES = 100;
  private static final double ROUNDING = 1e-12;
  private static final double PADDING = 0.05;

  private record Range(double low, double high) {
    double length() {
      return high - low;
    }
  }

  /**
   * The axis that fits values.
   *
   * @param values of all curves; those that are not finite are ignored, at least one is
   * @param logarithmic whether the axis is to be logarithmic in any case; else it is where all
   *     values are positive and span more than two decades. It never is where fewer than three of
   *     its numbers would lie on it: such a short piece of it is nearly linear
   */
  static ValueAxis of(double[] values, boolean logarithmic) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    Range bulk = bulk(sorted);
    boolean positive = sorted[0] > 0;
    if (positive && (logarithmic || bulk.high() > TWO_DECADES * bulk.low())) {
      Range range = fitted(Arrays.stream(sorted).map(Math::log10).toArray());
      ValueAxis axis =
          counted(new Range(Math.pow(10, range.low()), Math.pow(10, range.high())), true, sorted);
      if (TickLabels.hasNumbers(axis)) {
        return axis;
      }
    }
    return counted(padded(fitted(sorted)), false, sorted);
  }

  /** Length of a logarithmic axis. */
  double decades() {
    return Math.log10(high) - Math.log10(low);
  }

  /**
   * A value that is drawn where another one was: one far outside is brought to within a length of
   * the axis, since coordinates of any size are not.
   */
  double clamped(double value) {
    double most = logarithmic ? high * (high / low) : high + (high - low);
    double least = logarithmic ? low * (low / high) : low - (high - low);
    return Math.max(least, Math.min(most, value));
  }

  /** The label: the unit, and the number of values that are not shown. */
  String label(String unit) {
    return outside == 0
        ? unit
        : String.format(Locale.ROOT, "%s (%,d of %,d values outside)", unit, outside, all);
  }

  private static Range bulk(double[] sorted) {
    int last = sorted.length - 1;
    int tail = (int) Math.ceil(TAIL * last);
    return sorted.length < FEWEST_WITH_TAILS
        ? new Range(sorted[0], sorted[last])
        : new Range(sorted[tail], sorted[last - tail]);
  }

  private static Range fitted(double[] sorted) {
    Range whole = new Range(sorted[0], sorted[sorted.length - 1]);
    Range bulk = bulk(sorted);
    Range fence = new Range(bulk.low() - bulk.length(), bulk.high() + bulk.length());
    double[] inside =
        Arrays.stream(sorted)
            .filter(value -> value >= fence.low() && value <= fence.high())
            .toArray();
    Range fitted = new Range(inside[0], inside[inside.length - 1]);
    double waste = sorted.length < MANY ? QUARTER : HALF;
    return fitted.length() > 0 && whole.length() > waste * fitted.length() ? fitted : whole;
  }

  /** Values that are all the same lie in the middle. */
  private static Range padded(Range range) {
    double size = Math.max(Math.abs(range.low()), Math.abs(range.high()));
    if (range.length() > ROUNDING * size) {
      return range;
    }
    double padding = size == 0 ? 1 : PADDING * size;
    return new Range(range.low() - padding, range.high() + padding);
  }

  private static ValueAxis counted(Range range, boolean logarithmic, double[] sorted) {
    // Powers of logarithms are off by a rounding.
    double low = range.low() - (logarithmic ? ROUNDING * range.low() : 0);
    double high = range.high() + (logarithmic ? ROUNDING * range.high() : 0);
    long inside = Arrays.stream(sorted).filter(value -> value >= low && value <= high).count();
    return new ValueAxis(low, high, logarithmic, (int) (sorted.length - inside), sorted.length);
  }
}
