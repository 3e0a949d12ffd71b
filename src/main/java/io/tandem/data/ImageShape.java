package io.tandem.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The shape of every image of a set.
 *
 * @param height rows of pixels, positive
 * @param width pixels of a row, positive
 * @param channels 1 (grey) or 3 (red, green, blue)
 */
public record ImageShape(int height, int width, int channels) {
  /** Channels of a colour image. */
  public static final int COLOUR = 3;

  /** Checks that there is something to see. */
  public ImageShape {
    if (height < 1 || width < 1 || (channels != 1 && channels != COLOUR)) {
      throw new IllegalArgumentException(
          "no shape of an image: " + height + " x " + width + " x " + channels);
    }
  }

  /** Bytes of an image. */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  /** Names of an image's bytes as features, in their order: {@code pixel0}, {@code pixel1}, ... */
  public List<String> featureNames() {
    return IntStream.range(0, size()).mapToObj(pixel -> "pixel" + pixel).toList();
  }

  @Override
  public String toString() {
    return height + " x " + width + (channels == 1 ? " grey" : " colour");
  }
}
