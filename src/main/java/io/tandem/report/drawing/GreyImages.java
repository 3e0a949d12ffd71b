package io.tandem.report.drawing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Small grey images in rows as SVG of less than 60 KB, for example learnt training inputs. The
 * images are PNG files inside it; a rectangle for each pixel would take 100 times the room.
 */
public final class GreyImages {
  private static final int CELL = 4;
  private static final int GAP = 12;
  private static final int LABEL = 18;
  private static final int PER_ROW = 10;
  private static final double BLACK = 255;

  /** Pixels that PNG, at most a byte for each, and base64 leave below 60 KB. */
  private static final int MOST_PIXELS = 36_000;

  /** Bytes that a PNG file and its element take in addition, counted as pixels. */
  private static final int OVERHEAD = 250;

  private GreyImages() {}

  /**
   * Draws images; the smallest value of each is white, its largest black. Of many only the first
   * are drawn, and a line says so.
   *
   * @param images square images, row by row, all of one size
   * @param labels one to write below each
   */
  public static String svg(List<double[]> images, List<String> labels) {
    int side = (int) Math.round(Math.sqrt(images.get(0).length));
    int shown = Math.min(images.size(), Math.max(1, MOST_PIXELS / (side * side + OVERHEAD)));
    int step = side * CELL + GAP;
    int rows = (shown + PER_ROW - 1) / PER_ROW;
    int bottom = rows * (step + LABEL) + GAP;
    String rest = shown == images.size() ? "" : "the first " + shown + " of " + images.size();
    int width = Math.min(PER_ROW, shown) * step + GAP;
    int height = bottom + (rest.isEmpty() ? 0 : LABEL);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
            width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" \
            text-anchor="middle" image-rendering="optimizeSpeed" style="image-rendering:pixelated">
            <rect width="100%%" height="100%%" fill="#ffffff"/>
            """,
            width,
            height,
            width,
            height));
    for (int index = 0; index < shown; index++) {
      int left = GAP + index % PER_ROW * step;
      int top = GAP + index / PER_ROW * (step + LABEL);
      image(svg, png(images.get(index), side), side * CELL, left, top);
      text(svg, left + side * CELL / 2, top + side * CELL + LABEL - 4, labels.get(index));
    }
    if (!rest.isEmpty()) {
      text(svg, width / 2, bottom + LABEL / 2, rest);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void text(StringBuilder svg, int x, int y, String content) {
    svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\">");
    svg.append(SvgText.escape(content)).append("</text>\n");
  }

  private static void image(StringBuilder svg, byte[] png, int size, int left, int top) {
    svg.append("<image x=\"").append(left).append("\" y=\"").append(top);
    svg.append("\" width=\"").append(size).append("\" height=\"").append(size);
    svg.append("\" xlink:href=\"data:image/png;base64,");
    svg.append(Base64.getEncoder().encodeToString(png)).append("\"/>\n");
  }

  private static byte[] png(double[] pixels, int side) {
    var range = Arrays.stream(pixels).summaryStatistics();
    double length = range.getMax() - range.getMin();
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    for (int index = 0; index < side * side && index < pixels.length; index++) {
      double share = length > 0 ? (pixels[index] - range.getMin()) / length : 0;
      int grey = (int) Math.round(BLACK * (1 - share));
      image.getRaster().setSample(index % side, index / side, 0, grey);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return file.toByteArray();
  }
}
