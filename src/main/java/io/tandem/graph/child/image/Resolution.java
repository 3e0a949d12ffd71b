package io.tandem.graph.child.image;

/**
 * Size of an image between layers.
 *
 * @param height pixels, positive
 * @param width pixels, positive
 */
record Resolution(int height, int width) {
  /** That of the images that a network sees. */
  static Resolution of(ImageShape image) {
    return new Resolution(image.height(), image.width());
  }

  /** What is left when every second pixel of every second row is taken, the first included. */
  Resolution halved() {
    return new Resolution(Math.floorDiv(height + 1, 2), Math.floorDiv(width + 1, 2));
  }
}
