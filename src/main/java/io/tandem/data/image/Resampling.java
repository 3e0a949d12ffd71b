package io.tandem.data.image;

import io.tandem.data.ImageShape;

/**
 * Resizing by a triangle that is as wide as the larger of the old and the new pixel: linear
 * interpolation where an image grows, a weighted mean of all that a new pixel covers where it
 * shrinks. Rows first, then columns, in 64-bit numbers: the same bytes on every machine.
 */
final class Resampling {
  private Resampling() {}

  /** What the new pixels of a line are made of: from each first old pixel on, these shares. */
  private record Weights(int[] first, double[][] shares) {
    static Weights of(int from, int to) {
      int[] first = new int[to];
      double[][] shares = new double[to][];
      double scale = (double) from / to;
      double reach = Math.max(1, scale);
      for (int index = 0; index < to; index++) {
        double centre = (index + 0.5) * scale;
        int begin = Math.max(0, (int) Math.floor(centre - reach));
        int end = Math.min(from, (int) Math.ceil(centre + reach));
        double[] share = new double[end - begin];
        double sum = 0;
        for (int old = begin; old < end; old++) {
          share[old - begin] = Math.max(0, 1 - Math.abs(old + 0.5 - centre) / reach);
          sum += share[old - begin];
        }
        for (int old = 0; old < share.length; old++) {
          share[old] /= sum;
        }
        first[index] = begin;
        shares[index] = share;
      }
      return new Weights(first, shares);
    }
  }

  /** An image of the given size; the same object if it has that size. */
  static ImageDecoder.Decoded resize(ImageDecoder.Decoded image, int height, int width) {
    ImageShape old = image.shape();
    if (old.height() == height && old.width() == width) {
      return image;
    }
    int channels = old.channels();
    double[] lines = narrowed(image, Weights.of(old.width(), width), width);
    Weights weights = Weights.of(old.height(), height);
    int line = width * channels;
    byte[] pixels = new byte[height * line];
    for (int row = 0; row < height; row++) {
      double[] shares = weights.shares()[row];
      for (int place = 0; place < line; place++) {
        double sum = 0;
        for (int step = 0; step < shares.length; step++) {
          sum += shares[step] * lines[(weights.first()[row] + step) * line + place];
        }
        pixels[row * line + place] = (byte) Math.round(sum);
      }
    }
    return new ImageDecoder.Decoded(new ImageShape(height, width, channels), pixels);
  }

  private static double[] narrowed(ImageDecoder.Decoded image, Weights weights, int width) {
    ImageShape old = image.shape();
    int channels = old.channels();
    double[] lines = new double[old.height() * width * channels];
    int filled = 0;
    for (int row = 0; row < old.height(); row++) {
      for (int column = 0; column < width; column++) {
        double[] shares = weights.shares()[column];
        int start = (row * old.width() + weights.first()[column]) * channels;
        for (int channel = 0; channel < channels; channel++) {
          double sum = 0;
          for (int step = 0; step < shares.length; step++) {
            int value = image.pixels()[start + step * channels + channel];
            sum += shares[step] * (value & 0xff);
          }
          lines[filled++] = sum;
        }
      }
    }
    return lines;
  }
}
