package io.tandem.report.drawing;

import io.tandem.report.chart.Typeface;
import java.util.List;

/** SVG under construction: the shapes of all drawings of networks in their common style. */
final class Canvas {
  static final String INK = "#1f2937";
  static final String MUTED = "#6b7280";
  static final int CORNER = 10;
  private static final String SHORTCUT = "#d97706";

  /** What a rectangle stands for, by its colours. */
  enum Paint {
    INPUT("#f3f4f6", "#9ca3af"),
    CONVOLUTION("#eff6ff", "#3b82f6"),
    POOLING("#ecfeff", "#06b6d4"),
    OUTPUT("#ecfdf5", "#10b981"),
    CARD("#faf5ff", "#8b5cf6"),
    FRAME("#ffffff", "#d1d5db");

    private final String fill;
    private final String stroke;

    Paint(String fill, String stroke) {
      this.fill = fill;
      this.stroke = stroke;
    }
  }

  /** Which point of a text its place is. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * How a text is written.
   *
   * @param size of the font, pixels
   * @param weight of the font
   * @param colour as SVG writes it
   */
  record Face(int size, String weight, String colour) {}

  private final StringBuilder svg = new StringBuilder();

  /** Begins an empty picture. */
  Canvas(double width, double height) {
    String w = SvgText.number(width);
    String h = SvgText.number(height);
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(w);
    svg.append("\" height=\"").append(h).append("\" viewBox=\"0 0 ").append(w).append(' ');
    svg.append(h).append("\" font-family=\"").append(Typeface.FAMILY).append("\">\n");
    arrow("arrow", MUTED);
    arrow("shortcut", SHORTCUT);
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  private void arrow(String id, String colour) {
    svg.append("<marker id=\"").append(id).append("\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\"");
    svg.append(" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">");
    svg.append("<path d=\"M0 0.8 L8 4 L0 7.2 Z\" fill=\"").append(colour).append("\"/></marker>\n");
  }

  /** The picture as a file. */
  String finish() {
    return svg.append("</svg>\n").toString();
  }

  /** Draws with another origin. */
  void at(double x, double y, Runnable draws) {
    tag("g transform=\"translate(%s %s)\"", x, y);
    draws.run();
    svg.append("</g>\n");
  }

  /** A rectangle with round corners. */
  void rectangle(double x, double y, double width, double height, Paint paint) {
    tag(
        "rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\""
            + CORNER
            + "\" fill=\""
            + paint.fill
            + "\" stroke=\""
            + paint.stroke
            + "\" stroke-width=\"1.4\"/",
        x,
        y,
        width,
        height);
  }

  /** A thin bar around a point, in the colour of a rectangle's border. */
  void bar(double centre, double y, double length, Paint paint) {
    tag(
        "rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"3\" rx=\"1.5\" fill=\""
            + paint.stroke
            + "\"/",
        centre - length / 2,
        y,
        length);
  }

  /** A line of text; any, it is escaped. */
  void text(double x, double y, Face face, Anchor anchor, String content) {
    String side =
        switch (anchor) {
          case START -> "start";
          case MIDDLE -> "middle";
          case END -> "end";
        };
    svg.append("<text x=\"").append(SvgText.number(x)).append("\" y=\"").append(SvgText.number(y));
    svg.append("\" font-size=\"").append(face.size()).append("\" font-weight=\"");
    svg.append(face.weight()).append("\" fill=\"").append(face.colour());
    svg.append("\" text-anchor=\"").append(side).append("\">");
    svg.append(SvgText.escape(content)).append("</text>\n");
  }

  /** Round adders by their centres. */
  void adders(List<LayeredGraph.Point> centres) {
    if (!centres.isEmpty()) {
      svg.append("<g fill=\"#fffbeb\" stroke=\"" + SHORTCUT + "\" stroke-width=\"1.6\">\n");
      for (LayeredGraph.Point centre : centres) {
        tag("circle cx=\"%s\" cy=\"%s\" r=\"%s\"/", centre.x(), centre.y(), LayeredGraph.ADDER / 2);
        tag("path d=\"M%s %sh10m-5 -5v10\"/", centre.x() - 5, centre.y());
      }
      svg.append("</g>\n");
    }
  }

  /** Arrows, those that stand out first, so that they lie below. */
  void edges(List<LayeredGraph.Edge> edges) {
    edges(edges.stream().filter(LayeredGraph.Edge::shortcut).toList(), SHORTCUT, "shortcut");
    edges(edges.stream().filter(edge -> !edge.shortcut()).toList(), MUTED, "arrow");
  }

  private void edges(List<LayeredGraph.Edge> edges, String colour, String marker) {
    if (!edges.isEmpty()) {
      svg.append("<g fill=\"none\" stroke=\"").append(colour);
      svg.append("\" stroke-width=\"1.6\" stroke-linejoin=\"round\" marker-end=\"url(#");
      svg.append(marker).append(")\">\n");
      edges.forEach(edge -> svg.append("<path d=\"").append(path(edge.points())).append("\"/>\n"));
      svg.append("</g>\n");
    }
  }

  /** Lines without arrows in the colour of shortcuts, and dots on them. */
  void lanes(List<List<LayeredGraph.Point>> lanes, List<LayeredGraph.Point> dots) {
    if (!lanes.isEmpty()) {
      svg.append("<g fill=\"none\" stroke=\"" + SHORTCUT + "\" stroke-linecap=\"round\">\n");
      svg.append("<path stroke-width=\"1.2\" d=\"");
      lanes.forEach(lane -> svg.append(path(lane)));
      svg.append("\"/>\n<path stroke-width=\"6\" d=\"");
      LayeredGraph.Point last = new LayeredGraph.Point(0, 0);
      for (LayeredGraph.Point dot : dots) {
        svg.append('m').append(SvgText.number(dot.x() - last.x()));
        svg.append(' ').append(SvgText.number(dot.y() - last.y())).append("h0");
        last = dot;
      }
      svg.append("\"/>\n</g>\n");
    }
  }

  private static String path(List<LayeredGraph.Point> points) {
    StringBuilder path = new StringBuilder();
    for (LayeredGraph.Point point : points) {
      path.append(path.isEmpty() ? "M" : " L");
      path.append(SvgText.number(point.x())).append(' ').append(SvgText.number(point.y()));
    }
    return path.toString();
  }

  private void tag(String pattern, double... numbers) {
    int next = 0;
    int from = 0;
    svg.append('<');
    for (int at = pattern.indexOf("%s"); at >= 0; at = pattern.indexOf("%s", from)) {
      svg.append(pattern, from, at).append(SvgText.number(numbers[next++]));
      from = at + 2;
    }
    svg.append(pattern, from, pattern.length()).append(">\n");
  }
}
