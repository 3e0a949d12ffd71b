package io.tandem.report.chart;

/**
 * A text as SVG has it. The anchor is the point that must not move where a font is wider or
 * narrower than the one that room was reckoned with.
 *
 * @param content of it
 * @param role what it is
 * @param anchor which of its points the anchor is
 * @param x of the anchor, pixels
 * @param y of the anchor, pixels
 * @param upwards whether it is written from bottom to top
 */
record AnchoredText(
    String content, TextRole role, Anchor anchor, double x, double y, boolean upwards) {
  /** A point on the baseline of a text. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * Anchors a text.
   *
   * @param painted the text
   * @param plot left edge of the plot, pixels: numbers left of it belong to the axis of values
   */
  static AnchoredText of(PaintedText painted, double plot) {
    double left = painted.origin().getX();
    double centre = left + painted.box().getWidth() / 2;
    double baseline = painted.origin().getY();
    return switch (painted.text().role()) {
      case TITLE -> at(painted, Anchor.MIDDLE, centre, baseline);
      case AXIS ->
          painted.text().upwards()
              ? at(painted, Anchor.MIDDLE, painted.origin().getX(), painted.box().getCenterY())
              : at(painted, Anchor.MIDDLE, centre, baseline);
      // Nearer to its own line than to the next one, also in a wider font.
      case LEGEND ->
          at(painted, Anchor.START, left - DrawnChart.LEGEND_PADDING / 2.0, ofLine(painted));
      case TICK ->
          centre < plot
              ? at(painted, Anchor.END, left + painted.box().getWidth(), ofLine(painted))
              : at(painted, Anchor.MIDDLE, centre, painted.box().getMaxY());
    };
  }

  /** Whether it is a number of the axis of steps. */
  boolean isStep() {
    return role == TextRole.TICK && anchor == Anchor.MIDDLE;
  }

  /** Another text at the same place. */
  AnchoredText saying(String other) {
    return new AnchoredText(other, role, anchor, x, y, upwards);
  }

  /** XChart centres glyphs as if all stood on the baseline; those of one line are to have one. */
  private static double ofLine(PaintedText painted) {
    double middle = painted.origin().getY() - painted.box().getHeight() / 2;
    return middle + painted.text().role().drop();
  }

  private static AnchoredText at(PaintedText painted, Anchor anchor, double x, double y) {
    OutlinedTexts.Text text = painted.text();
    return new AnchoredText(text.content(), text.role(), anchor, x, y, text.upwards());
  }
}
