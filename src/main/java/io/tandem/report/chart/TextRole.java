package io.tandem.report.chart;

import java.awt.Font;

/** Role of a text in a chart, which decides its font. */
enum TextRole {
  TITLE(Font.BOLD, 15),
  AXIS(Font.BOLD, 12),
  TICK(Font.PLAIN, 11),
  LEGEND(Font.PLAIN, 12);

  /** Half the height of a capital over the size of its font. */
  private static final double HALF_A_CAPITAL = 0.36;

  private final int style;
  private final int size;

  TextRole(int style, int size) {
    this.style = style;
    this.size = size;
  }

  /** The font that XChart measures with: one that every machine with fonts has. */
  Font font() {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** Distance from the middle of a line of text down to its baseline, pixels. */
  double drop() {
    return HALF_A_CAPITAL * size;
  }
}
