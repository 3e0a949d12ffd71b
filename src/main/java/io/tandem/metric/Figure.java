package io.tandem.metric;

/**
 * The value of a metric.
 *
 * @param metric which
 * @param value on the rows; NaN where they do not define it, as the area under the ROC curve of one
 *     class
 * @param low lower end of the 95 % interval of the bootstrap; NaN where there is none
 * @param high its upper end
 */
public record Figure(Metric metric, double value, double low, double high) {
  /** Without an interval. */
  public Figure(Metric metric, double value) {
    this(metric, value, Double.NaN, Double.NaN);
  }

  /** Returns true if an interval is known. */
  public boolean hasInterval() {
    return Double.isFinite(low) && Double.isFinite(high);
  }
}
