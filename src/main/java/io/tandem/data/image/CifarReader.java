package io.tandem.data.image;

import io.tandem.data.DataException;
import io.tandem.data.ImageShape;
import io.tandem.data.Quote;
import java.util.Arrays;

/**
 * Reads one binary file of CIFAR.
 *
 * @param format which of the two
 * @param chosen index of the label byte that is the class
 */
record CifarReader(CifarFormat format, int chosen) {
  /**
   * Images of a file.
   *
   * @param pixels {@code [count, height, width, channels]}
   * @param labels one for each
   */
  record Images(byte[] pixels, int[] labels) {}

  /**
   * Reads a file.
   *
   * @param place what to call it in messages
   * @param bytes all of it
   * @param from images before those that are kept
   * @param most images to keep; the others are checked
   * @throws DataException if it is cut or a label is out of range
   */
  Images read(String place, byte[] bytes, int from, int most) {
    int record = format.record();
    int count = bytes.length / record;
    if (count == 0 || bytes.length % record != 0) {
      throw new DataException(
          Quote.format(
              "%s:%d: the file ends in image %d, expected records of %d bytes; download it again",
              place, bytes.length, count, record));
    }
    int kept = Math.max(0, Math.min(count - from, most));
    int size = CifarFormat.SHAPE.size();
    byte[] pixels = new byte[kept * size];
    int[] labels = new int[kept];
    for (int row = 0; row < count; row++) {
      int start = row * record;
      checkLabels(place, bytes, start);
      int index = row - from;
      if (index >= 0 && index < kept) {
        labels[index] = Byte.toUnsignedInt(bytes[start + chosen]);
        interleave(bytes, start + format.labels().size(), pixels, index * size);
      }
    }
    return new Images(pixels, labels);
  }

  private void checkLabels(String place, byte[] bytes, int start) {
    for (int index = 0; index < format.labels().size(); index++) {
      CifarFormat.Labels kind = format.labels().get(index);
      int label = Byte.toUnsignedInt(bytes[start + index]);
      if (label >= kind.classes()) {
        throw new DataException(
            Quote.format(
                "%s:%d: %s %d, expected 0..%d; download the file again",
                place, start + index, kind.name(), label, kind.classes() - 1));
      }
    }
  }

  /** From planes of colours to colours of pixels. */
  private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
    int plane = CifarFormat.SHAPE.height() * CifarFormat.SHAPE.width();
    for (int pixel = 0; pixel < plane; pixel++) {
      for (int channel = 0; channel < ImageShape.COLOUR; channel++) {
        pixels[to + pixel * ImageShape.COLOUR + channel] = planes[from + channel * plane + pixel];
      }
    }
  }

  /** These images followed by others. */
  static Images concat(Images first, Images second) {
    byte[] pixels = Arrays.copyOf(first.pixels(), first.pixels().length + second.pixels().length);
    System.arraycopy(second.pixels(), 0, pixels, first.pixels().length, second.pixels().length);
    int[] labels = Arrays.copyOf(first.labels(), first.labels().length + second.labels().length);
    System.arraycopy(second.labels(), 0, labels, first.labels().length, second.labels().length);
    return new Images(pixels, labels);
  }
}
