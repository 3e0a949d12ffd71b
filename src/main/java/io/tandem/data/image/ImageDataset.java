package io.tandem.data.image;

import io.tandem.data.Dataset;
import io.tandem.data.ImageShape;
import io.tandem.data.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Labelled images in memory, a byte for each value of a pixel. The arrays are handed out as they
 * are, because they are large; nobody writes to them.
 *
 * @param pixels unsigned bytes {@code [rows, height, width, channels]}
 * @param shape of every image
 * @param labels index into {@code classes} for each image
 * @param classes names of the classes: integers ascending, or else in the order of their
 *     characters, or of the file that lists them
 */
public record ImageDataset(byte[] pixels, ImageShape shape, int[] labels, List<String> classes) {
  /** Checks that the sizes agree. */
  public ImageDataset {
    classes = List.copyOf(classes);
    if (pixels.length != (long) labels.length * shape.size()) {
      throw new IllegalArgumentException(
          pixels.length + " bytes for " + labels.length + " images of " + shape);
    }
    for (int label : labels) {
      if (label < 0 || label >= classes.size()) {
        throw new IllegalArgumentException("label " + label + " of " + classes.size() + " classes");
      }
    }
  }

  /** Number of images. */
  public int rows() {
    return labels.length;
  }

  /** A copy of some images, in the given order. */
  public ImageDataset select(int[] rows) {
    int size = shape.size();
    byte[] chosen = new byte[Math.multiplyExact(rows.length, size)];
    int[] chosenLabels = new int[rows.length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(pixels, rows[row] * size, chosen, row * size, size);
      chosenLabels[row] = labels[rows[row]];
    }
    return new ImageDataset(chosen, shape, chosenLabels, classes);
  }

  /** A copy of the images from one up to but not another. */
  public ImageDataset range(int from, int to) {
    int size = shape.size();
    return new ImageDataset(
        Arrays.copyOfRange(pixels, from * size, to * size),
        shape,
        Arrays.copyOfRange(labels, from, to),
        classes);
  }

  /**
   * The images as rows of features, which are computed from the bytes when they are asked for.
   *
   * @param white the largest byte is this many times 1: 255 gives features in [0, 1], 1 the bytes 0
   *     to 255 as they are
   */
  public Dataset toDataset(float white) {
    return new Dataset(
        new Values.Bytes(pixels, white),
        shape.size(),
        labels,
        classes,
        shape.featureNames(),
        Optional.of(shape));
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof ImageDataset other
        && shape.equals(other.shape)
        && Arrays.equals(pixels, other.pixels)
        && Arrays.equals(labels, other.labels)
        && classes.equals(other.classes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return rows() + " images of " + shape + " in " + classes.size() + " classes";
  }
}
