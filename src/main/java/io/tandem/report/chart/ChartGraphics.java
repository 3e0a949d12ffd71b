package io.tandem.report.chart;

import io.tandem.report.chart.OutlinedTexts.Text;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jspecify.annotations.Nullable;

/**
 * Batik's graphics for XChart, which draws a curve as many lines and text as shapes: successive
 * shapes of one style become one path, and texts are kept instead of drawn.
 */
final class ChartGraphics extends SVGGraphics2D {
  private final OutlinedTexts texts;
  private final List<PaintedText> painted = new ArrayList<>();
  private @Nullable Pending pending;

  private record Style(boolean filled, Paint paint, Stroke stroke, AffineTransform at) {}

  /** Shapes that are not drawn yet. */
  private record Pending(Style style, Path2D path) {}

  /**
   * Begins a picture.
   *
   * @param context how Batik writes
   * @param texts of the charts
   */
  ChartGraphics(SVGGeneratorContext context, OutlinedTexts texts) {
    super(context, false);
    this.texts = texts;
  }

  /** Returns the texts in the order in which they were painted, and forgets them. */
  List<PaintedText> takeTexts() {
    List<PaintedText> all = List.copyOf(painted);
    painted.clear();
    return all;
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return OutlinedTexts.CONTEXT;
  }

  @Override
  public void draw(Shape shape) {
    add(false, shape);
  }

  @Override
  public void fill(Shape shape) {
    Optional<Text> text = texts.find(shape);
    if (text.isPresent()) {
      painted.add(PaintedText.of(text.get(), shape.getBounds2D(), getTransform()));
    } else {
      add(!(shape instanceof Line2D), shape);
    }
  }

  @Override
  public void setClip(@Nullable Shape clip) {
    flush();
    super.setClip(clip);
  }

  /** Draws the pending shapes. */
  void flush() {
    Pending last = pending;
    pending = null;
    if (last != null) {
      Style now = style(last.style().filled());
      apply(last.style());
      if (last.style().filled()) {
        super.fill(last.path());
      } else {
        super.draw(last.path());
      }
      apply(now);
    }
  }

  private void add(boolean filled, Shape shape) {
    Style style = style(filled);
    if (pending == null || !pending.style().equals(style)) {
      flush();
      pending = new Pending(style, new Path2D.Double());
    }
    Path2D path = pending.path();
    boolean continues =
        shape instanceof Line2D line
            && path.getCurrentPoint() != null
            && path.getCurrentPoint().equals(line.getP1());
    path.append(shape, continues);
  }

  private Style style(boolean filled) {
    return new Style(filled, getPaint(), getStroke(), getTransform());
  }

  private void apply(Style style) {
    setPaint(style.paint());
    setStroke(style.stroke());
    setTransform(style.at());
  }
}
