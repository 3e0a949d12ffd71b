package io.tandem.data.image;

import io.tandem.data.Block;
import io.tandem.data.DataException;
import io.tandem.data.ImageShape;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads the IDX files of MNIST (LeCun, Cortes and Burges 1998), plain or compressed with gzip:
 * big-endian magic number 0x00000803 and three sizes before the pixels of images, 0x00000801 and
 * one size before labels, one unsigned byte each.
 */
final class IdxReader {
  /** What it reads, for messages. */
  static final String KIND = "IDX file";

  private static final String SETTINGS = "data.idx_format";
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;
  private static final int LARGEST_SIDE = 4096;
  private static final int WORD = 4;
  private static final int TAKEN_AT_ONCE = 1 << 24;

  private final StoredBytes input;
  private final DataInputStream stream;
  private long position;

  private IdxReader(StoredBytes input, DataInputStream stream) {
    this.input = input;
    this.stream = stream;
  }

  /**
   * Images, pixel by pixel.
   *
   * @param count number of images that are kept
   * @param shape of an image
   * @param pixels {@code [count, height, width]}
   */
  record Images(int count, ImageShape shape, byte[] pixels) {}

  /**
   * Reads images.
   *
   * @param input the file
   * @param block which images are kept; the others are read past
   * @param digest gets the stored bytes
   * @throws DataException if it is no such file or incomplete
   */
  static Images images(StoredBytes input, Block block, MessageDigest digest) {
    try (DataInputStream stream = new DataInputStream(input.open(digest))) {
      IdxReader reader = new IdxReader(input, stream);
      reader.magic(IMAGES, "images");
      int count = reader.size("number of images", Integer.MAX_VALUE);
      int rows = reader.size("rows", LARGEST_SIDE);
      int columns = reader.size("columns", LARGEST_SIDE);
      int kept = block.size(count, input.name() + ":4", "images", SETTINGS);
      int pixels = rows * columns;
      if ((long) kept * pixels > Integer.MAX_VALUE) {
        throw new DataException(
            Quote.format(
                "%s:4: %d images of %d pixels, expected at most %d pixels in all; set"
                    + " data.idx_format.limit",
                input.name(), kept, pixels, Integer.MAX_VALUE));
      }
      byte[] all = new byte[Math.min(kept * pixels, TAKEN_AT_ONCE)];
      byte[] image = new byte[pixels];
      for (int index = 0; index < count; index++) {
        reader.fill(image, count, pixels);
        int row = index - block.offset();
        if (row >= 0 && row < kept) {
          if ((row + 1L) * pixels > all.length) {
            all = Arrays.copyOf(all, grown(all.length, pixels, kept * pixels));
          }
          System.arraycopy(image, 0, all, row * pixels, pixels);
        }
      }
      reader.end();
      return new Images(kept, new ImageShape(rows, columns, 1), all);
    } catch (IOException failure) {
      throw input.unreadable(failure);
    }
  }

  /**
   * Reads labels.
   *
   * @param input the file
   * @param block which labels are kept
   * @param classes labels are 0 up to but not this
   * @param digest gets the stored bytes
   * @throws DataException if it is no such file, incomplete, or a label is out of range
   */
  static int[] labels(StoredBytes input, Block block, int classes, MessageDigest digest) {
    try (DataInputStream stream = new DataInputStream(input.open(digest))) {
      IdxReader reader = new IdxReader(input, stream);
      reader.magic(LABELS, "labels");
      int count = reader.size("number of labels", Integer.MAX_VALUE);
      int kept = block.size(count, input.name() + ":4", "labels", SETTINGS);
      int[] labels = new int[Math.min(kept, TAKEN_AT_ONCE)];
      byte[] one = new byte[1];
      for (int index = 0; index < count; index++) {
        long place = reader.position;
        reader.fill(one, count, 1);
        int label = Byte.toUnsignedInt(one[0]);
        if (label >= classes) {
          throw new DataException(
              Quote.format(
                  "%s:%d: label %d, expected 0..%d; give the file of these images' labels or set"
                      + " data.idx_format.classes",
                  input.name(), place, label, classes - 1));
        }
        int row = index - block.offset();
        if (row >= 0 && row < kept) {
          if (row == labels.length) {
            labels = Arrays.copyOf(labels, grown(row, 1, kept));
          }
          labels[row] = label;
        }
      }
      reader.end();
      return labels;
    } catch (IOException failure) {
      throw input.unreadable(failure);
    }
  }

  /** Memory is taken for what has been read, not for what a header promises. */
  private static int grown(int length, int more, int most) {
    return (int) Math.min(most, Math.max(2L * length, (long) length + more));
  }

  private void magic(int expected, String what) throws IOException {
    int found = word("magic number");
    if (found != expected) {
      throw new DataException(
          Quote.format(
              "%s:0: magic number 0x%08x, expected 0x%08x (%s); give an IDX file of %s",
              input.name(), found, expected, what, what));
    }
  }

  private int size(String what, int most) throws IOException {
    long place = position;
    int size = word(what);
    if (size < 1 || size > most) {
      throw new DataException(
          Quote.format(
              "%s:%d: %s %d, expected 1..%d; download the file again",
              input.name(), place, what, Integer.toUnsignedLong(size), most));
    }
    return size;
  }

  private int word(String what) throws IOException {
    try {
      int word = stream.readInt();
      position += WORD;
      return word;
    } catch (EOFException end) {
      throw new DataException(
          Quote.format(
              "%s:%d: the file ends in its %s, expected 4 bytes; download the file again",
              input.name(), position, what),
          end);
    }
  }

  private void fill(byte[] bytes, int count, int width) throws IOException {
    int read = stream.readNBytes(bytes, 0, bytes.length);
    if (read < bytes.length) {
      throw new DataException(
          Quote.format(
              "%s:%d: the file ends, expected %d items of %d bytes; download the file again",
              input.name(), position + read, count, width));
    }
    position += read;
  }

  private void end() throws IOException {
    if (stream.read() >= 0) {
      throw new DataException(
          Quote.format(
              "%s:%d: bytes follow the last item, expected the end; download the file again",
              input.name(), position));
    }
  }
}
