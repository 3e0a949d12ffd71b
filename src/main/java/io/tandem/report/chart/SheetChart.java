package io.tandem.report.chart;

import org.knowm.xchart.XYChart;

/** A chart of a {@link ChartSheet}. */
public sealed interface SheetChart permits LineChart, DotChart {
  /** Reports whether there is nothing to draw. */
  boolean isBlank();

  /**
   * The chart as XChart draws it.
   *
   * @param texts notes all texts of the chart
   */
  XYChart draw(OutlinedTexts texts);

  /** The step at the left edge of the plot or right of it: numbers left of it are values. */
  double left();

  /** The text below the axis of steps in place of a number there; empty for none. */
  String atStep(String number);
}
