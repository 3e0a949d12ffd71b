package io.tandem.report.chart;

import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of a chart by their outlines. XChart draws a text as the shapes of its glyphs and does
 * not pass its characters on; as all texts of a chart are known before, their shapes identify them.
 */
final class OutlinedTexts {
  /** The context that XChart measures text with; in another one, glyphs have other outlines. */
  static final FontRenderContext CONTEXT = new FontRenderContext(null, true, false);

  private static final double PRECISION = 1000;
  private static final AffineTransform UPWARDS = AffineTransform.getQuadrantRotateInstance(-1);

  /**
   * A text.
   *
   * @param content of it
   * @param role what it is
   * @param upwards whether it is written from bottom to top
   */
  record Text(String content, TextRole role, boolean upwards) {}

  private final Map<List<Long>, Text> byOutline = new HashMap<>();

  /** Notes a text, and returns it. */
  String note(String content, TextRole role) {
    if (!content.isBlank()) {
      TextLayout layout = new TextLayout(content, role.font(), CONTEXT);
      byOutline.put(points(layout.getOutline(null)), new Text(content, role, false));
      byOutline.put(points(layout.getOutline(UPWARDS)), new Text(content, role, true));
    }
    return content;
  }

  /** The text with an outline; empty if the shape is none. */
  Optional<Text> find(Shape outline) {
    return Optional.ofNullable(byOutline.get(points(outline)));
  }

  private static List<Long> points(Shape shape) {
    List<Long> points = new ArrayList<>();
    double[] segment = new double[6];
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      long type = path.currentSegment(segment);
      points.add(type);
      int numbers =
          switch ((int) type) {
            case PathIterator.SEG_CLOSE -> 0;
            case PathIterator.SEG_QUADTO -> 4;
            case PathIterator.SEG_CUBICTO -> 6;
            default -> 2;
          };
      for (int index = 0; index < numbers; index++) {
        points.add(Math.round(PRECISION * segment[index]));
      }
    }
    return points;
  }
}
