package io.tandem.data.image;

import io.tandem.data.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The values 0 to 255 of an image, a row at a time, whatever its file stores: a palette, 16 bits,
 * transparency. Not by {@code getRGB}, which gives grey images another gamma.
 */
final class ImageSamples {
  private static final int WHITE = 255;
  private static final int MOST_BANDS = 4;

  private final Raster raster;
  private final int bands;
  private final int channels;
  private final long white;
  // The colours of a palette, empty where there is none.
  private final int[] colours;

  private ImageSamples(Raster raster, int bands, int channels, long white, int[] colours) {
    this.raster = raster;
    this.bands = bands;
    this.channels = channels;
    this.white = white;
    this.colours = colours;
  }

  /**
   * Those of an image.
   *
   * @throws DamagedImageException if it is neither grey nor of red, green and blue
   */
  static ImageSamples of(BufferedImage image) throws DamagedImageException {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    if (bands < 1 || bands > MOST_BANDS) {
      throw new DamagedImageException(bands + " channels, expected grey or red, green and blue");
    }
    if (image.getColorModel() instanceof IndexColorModel palette) {
      int[] colours = colours(palette);
      return new ImageSamples(raster, 1, isGrey(colours) ? 1 : ImageShape.COLOUR, WHITE, colours);
    }
    long white = (1L << raster.getSampleModel().getSampleSize(0)) - 1;
    return new ImageSamples(raster, bands, bands - (bands + 1) % 2, white, new int[0]);
  }

  private static int[] colours(IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize() * ImageShape.COLOUR];
    for (int index = 0; index < palette.getMapSize(); index++) {
      int from = index * ImageShape.COLOUR;
      int alpha = palette.getAlpha(index);
      colours[from] = overBlack(palette.getRed(index), alpha);
      colours[from + 1] = overBlack(palette.getGreen(index), alpha);
      colours[from + 2] = overBlack(palette.getBlue(index), alpha);
    }
    return colours;
  }

  private static boolean isGrey(int[] colours) {
    for (int from = 0; from < colours.length; from += ImageShape.COLOUR) {
      if (colours[from] != colours[from + 1] || colours[from] != colours[from + 2]) {
        return false;
      }
    }
    return true;
  }

  private static int overBlack(int value, int alpha) {
    return (value * alpha + WHITE / 2) / WHITE;
  }

  /** 1 for grey, 3 for red, green and blue. */
  int channels() {
    return channels;
  }

  /** The values of a row, {@code [width, channels]}. */
  int[] row(int row) {
    int[] stored = raster.getPixels(0, row, raster.getWidth(), 1, (int[]) null);
    if (colours.length > 0) {
      return looked(stored);
    }
    if (white != WHITE) {
      for (int index = 0; index < stored.length; index++) {
        stored[index] = (int) ((stored[index] * (long) WHITE + white / 2) / white);
      }
    }
    return bands == channels ? stored : withoutAlpha(stored);
  }

  private int[] looked(int[] indices) {
    int[] result = new int[indices.length * channels];
    for (int index = 0; index < result.length; index++) {
      result[index] = colours[indices[index / channels] * ImageShape.COLOUR + index % channels];
    }
    return result;
  }

  private int[] withoutAlpha(int[] stored) {
    int[] result = new int[stored.length / bands * channels];
    for (int index = 0; index < result.length; index++) {
      int from = index / channels * bands;
      result[index] = overBlack(stored[from + index % channels], stored[from + channels]);
    }
    return result;
  }
}
