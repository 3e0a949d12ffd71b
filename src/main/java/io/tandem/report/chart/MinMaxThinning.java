package io.tandem.report.chart;

import java.util.Arrays;

/**
 * Keeps the smallest and the largest value of every column of a picture, so that no outlier is
 * lost: MinMax aggregation, Jugel, Jerzak, Hackenbroich and Markl 2014, "M4: A
 * Visualization-Oriented Time Series Data Aggregation", PVLDB 7(10), section 4.
 *
 * <p>Deviation: a gap in a column comes after its two values, whatever its place.
 */
final class MinMaxThinning {
  private static final int POINTS_OF_A_COLUMN = 3;

  private MinMaxThinning() {}

  /**
   * Thins a curve out. One that has few points stays as it is.
   *
   * @param curve of any length
   * @param columns number of columns of equal width, positive
   */
  static Curve thin(Curve curve, int columns) {
    int length = curve.steps().length;
    if (length <= 2 * columns) {
      return curve;
    }
    Points points = new Points(POINTS_OF_A_COLUMN * columns + 2);
    double first = curve.steps()[0];
    double width = (curve.steps()[length - 1] - first) / columns;
    int from = 0;
    for (int column = 1; column <= columns; column++) {
      int to = column == columns ? length : upTo(curve.steps(), from, first + column * width);
      points.add(curve, from, to);
      from = to;
    }
    return points.curve(curve.name());
  }

  private static int upTo(double[] steps, int from, double edge) {
    int to = from;
    while (to < steps.length && steps[to] < edge) {
      to++;
    }
    return to;
  }

  private static final class Points {
    private final double[] steps;
    private final double[] values;
    private int size;

    Points(int most) {
      steps = new double[most];
      values = new double[most];
    }

    /** Takes the extremes of a column, in their order, and its gap if it has one. */
    void add(Curve curve, int from, int to) {
      int low = -1;
      int high = -1;
      int gap = -1;
      for (int index = from; index < to; index++) {
        double value = curve.values()[index];
        if (!Double.isFinite(value)) {
          gap = index;
        } else {
          low = low < 0 || value < curve.values()[low] ? index : low;
          high = high < 0 || value >= curve.values()[high] ? index : high;
        }
      }
      if (low >= 0) {
        add(curve, Math.min(low, high));
        if (low != high) {
          add(curve, Math.max(low, high));
        }
      }
      if (gap >= 0) {
        steps[size] = curve.steps()[Math.max(gap, Math.max(low, high))];
        values[size++] = Double.NaN;
      }
    }

    private void add(Curve curve, int index) {
      steps[size] = curve.steps()[index];
      values[size++] = curve.values()[index];
    }

    Curve curve(String name) {
      return new Curve(name, Arrays.copyOf(steps, size), Arrays.copyOf(values, size));
    }
  }
}
