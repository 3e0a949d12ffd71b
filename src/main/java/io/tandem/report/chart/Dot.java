package io.tandem.report.chart;

import java.awt.Graphics2D;
import org.knowm.xchart.style.markers.Circle;
import org.knowm.xchart.style.markers.Marker;

/**
 * The marker of a curve of one value. XChart centres the entries of a legend as if all were at
 * least as high as its markers are to be; with markers higher than text they have one line.
 */
final class Dot extends Marker {
  /** Height that XChart is told, pixels: more than that of any name. */
  static final int TOLD = 14;

  private static final int DIAMETER = 7;

  private final Marker circle = new Circle();

  @Override
  public void paint(Graphics2D graphics, double x, double y, int told) {
    circle.paint(graphics, x, y, DIAMETER);
  }
}
