package io.tandem.graph.input;

/**
 * How training images are changed at random; at strength 0 of the optimizer task nothing but the
 * reflection is left.
 *
 * @param shift most pixels that an image is moved in each direction at strength 1, at least 0; what
 *     comes in is 0, the mean (the published pad-and-crop: 4)
 * @param flip whether half of the images are reflected left to right
 * @param cutout side of the square that is blanked at strength 1, at least 0 (DeVries and Taylor
 *     2017: 16)
 */
public record AugmentationSettings(int shift, boolean flip, int cutout) {
  /** Checks the ranges. */
  public AugmentationSettings {
    if (shift < 0 || cutout < 0) {
      throw new IllegalArgumentException(
          "neither " + shift + " nor " + cutout + " may be negative");
    }
  }

  /** Images stay as they are. */
  public static AugmentationSettings none() {
    return new AugmentationSettings(0, false, 0);
  }

  /** Whether images stay as they are. */
  public boolean isNone() {
    return shift == 0 && !flip && cutout == 0;
  }
}
