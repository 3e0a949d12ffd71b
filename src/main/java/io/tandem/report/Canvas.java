package io.tandem.report;

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

  /** A round adder. */
  void adder(LayeredGraph.Point centre) {
    tag(
        "circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"#fffbeb\" stroke=\""
            + SHORTCUT
            + "\" stroke-width=\"1.5\"/",
        centre.x(),
        centre.y(),
        LayeredGraph.ADDER / 2);
    tag(
        "path d=\"M%s %s h10 m-5 -5 v10\" stroke=\"" + SHORTCUT + "\" stroke-width=\"1.8\"/",
        centre.x() - 5,
        centre.y());
  }

  /** Arrows, those that stand out first, so that they lie below. */
  void edges(List<LayeredGraph.Edge> edges) {
    edges.stream().filter(LayeredGraph.Edge::shortcut).forEach(this::edge);
    edges.stream().filter(edge -> !edge.shortcut()).forEach(this::edge);
  }

  private void edge(LayeredGraph.Edge edge) {
    StringBuilder path = new StringBuilder();
    for (LayeredGraph.Point point : edge.points()) {
      path.append(path.isEmpty() ? "M" : " L");
      path.append(SvgText.number(point.x())).append(' ').append(SvgText.number(point.y()));
    }
    svg.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"");
    svg.append(edge.shortcut() ? SHORTCUT : MUTED);
    svg.append("\" stroke-width=\"1.6\" stroke-linejoin=\"round\" marker-end=\"url(#");
    svg.append(edge.shortcut() ? "shortcut" : "arrow").append(")\"/>\n");
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
