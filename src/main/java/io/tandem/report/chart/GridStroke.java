package io.tandem.report.chart;

import java.awt.BasicStroke;
import java.awt.Shape;

/**
 * The stroke of grid lines. XChart draws their outlines; that of this stroke is the line itself,
 * which {@link ChartGraphics} draws as a line.
 */
final class GridStroke extends BasicStroke {
  GridStroke() {
    super(1);
  }

  @Override
  public Shape createStrokedShape(Shape line) {
    return line;
  }
}
