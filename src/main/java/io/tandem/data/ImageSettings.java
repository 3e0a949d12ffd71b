package io.tandem.data;

/**
 * How image files are used.
 *
 * @param width pixels that images are resized to, with {@code height}; 0 leaves them as they are
 * @param height pixels that images are resized to, with {@code width}; 0 leaves them as they are
 * @param channels what becomes of colours
 * @param damagedShare largest share of files that may be damaged, 0 to 1; they are left out
 * @param block which training images are used, counted from the classes in turn
 * @param validation share of {@code train/} that is the validation part where there is no folder of
 *     that name, in (0, 1)
 */
public record ImageSettings(
    int width,
    int height,
    ImageChannels channels,
    double damagedShare,
    Block block,
    double validation) {
  /** Checks that both sides are given or none, and the shares. */
  public ImageSettings {
    if (width < 0 || height < 0 || (width == 0) != (height == 0)) {
      throw new IllegalArgumentException("no size of an image: " + width + " x " + height);
    }
    if (!(damagedShare >= 0 && damagedShare <= 1 && validation > 0 && validation < 1)) {
      throw new IllegalArgumentException("a share lies outside 0..1");
    }
  }

  /** Whether images are brought to one size. */
  public boolean resizes() {
    return width > 0;
  }
}
