package io.tandem.report.chart;

import io.tandem.report.chart.OutlinedTexts.Text;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/**
 * A text where XChart put its outline, in pixels of the picture.
 *
 * @param text its content and role
 * @param box around its glyphs
 * @param origin where its baseline begins
 */
record PaintedText(Text text, Rectangle2D box, Point2D origin) {
  static PaintedText of(Text text, Rectangle2D outline, AffineTransform at) {
    return new PaintedText(
        text,
        at.createTransformedShape(outline).getBounds2D(),
        at.transform(new Point2D.Double(), null));
  }
}
