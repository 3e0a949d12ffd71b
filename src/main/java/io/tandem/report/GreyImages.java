package io.tandem.report;

import java.util.List;

/** Small grey images side by side as SVG, for example learnt training inputs. */
public final class GreyImages {
  private static final int CELL = 4;
  private static final int GAP = 12;
  private static final int LABEL = 18;
  private static final int PER_ROW = 10;

  private GreyImages() {}

  /**
   * Draws images; the smallest value of each is white, its largest black.
   *
   * @param images square images, row by row, all of one size
   * @param labels what to write below each
   */
  public static String svg(List<double[]> images, List<String> labels) {
    int side = (int) Math.round(Math.sqrt(images.get(0).length));
    int step = side * CELL + GAP;
    int columns = Math.min(PER_ROW, images.size());
    int rows = (images.size() + PER_ROW - 1) / PER_ROW;
    int width = columns * step + GAP;
    int height = rows * (step + LABEL) + GAP;
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
        .append(width)
        .append("\" height=\"")
        .append(height)
        .append("\" viewBox=\"0 0 ")
        .append(width + " " + height)
        .append("\" shape-rendering=\"crispEdges\">\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (int index = 0; index < images.size(); index++) {
      int left = GAP + index % PER_ROW * step;
      int top = GAP + index / PER_ROW * (step + LABEL);
      image(svg, images.get(index), side, left, top);
      svg.append("<text x=\"")
          .append(left + side * CELL / 2)
          .append("\" y=\"")
          .append(top + side * CELL + LABEL - 4)
          .append("\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"13\">")
          .append(SvgText.escape(labels.get(index)))
          .append("</text>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private static void image(StringBuilder svg, double[] pixels, int side, int left, int top) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double pixel : pixels) {
      low = Math.min(low, pixel);
      high = Math.max(high, pixel);
    }
    for (int index = 0; index < side * side && index < pixels.length; index++) {
      double share = high > low ? (pixels[index] - low) / (high - low) : 0;
      int grey = (int) Math.round(255 * (1 - share));
      svg.append("<rect x=\"")
          .append(left + index % side * CELL)
          .append("\" y=\"")
          .append(top + index / side * CELL)
          .append("\" width=\"" + CELL + "\" height=\"" + CELL + "\" fill=\"rgb(")
          .append(grey + "," + grey + "," + grey)
          .append(")\"/>\n");
    }
  }
}
