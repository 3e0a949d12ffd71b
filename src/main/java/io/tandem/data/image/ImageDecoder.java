package io.tandem.data.image;

import io.tandem.data.ImageSettings;
import io.tandem.data.ImageShape;
import io.tandem.data.Quote;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG and PNG files to bytes. The stored numbers are taken as they are: colour profiles,
 * gamma and marks of orientation are not followed. What is transparent lies over black.
 *
 * @param settings of size and channels
 */
record ImageDecoder(ImageSettings settings) {
  private static final int LARGEST_SIDE = 32_768;
  private static final long MOST_PIXELS = 50_000_000;
  // ITU-R BT.601, in thousandths.
  private static final int[] LUMA = {299, 587, 114};

  /**
   * A decoded image.
   *
   * @param shape its shape
   * @param pixels {@code [height, width, channels]}
   */
  record Decoded(ImageShape shape, byte[] pixels) {}

  /**
   * Decodes a file.
   *
   * @param bytes of the file
   * @throws DamagedImageException if it is no image or not whole
   */
  Decoded decode(byte[] bytes) throws DamagedImageException {
    Decoded image = channels(read(bytes));
    return settings.resizes()
        ? Resampling.resize(image, settings.height(), settings.width())
        : image;
  }

  private static BufferedImage read(byte[] bytes) throws DamagedImageException {
    String format = format(bytes);
    if (format.equals("png")) {
      PngChunks.check(bytes);
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      // Without what is written beside the pixels, whose compressed texts may be of any size.
      reader.setInput(stream, true, true);
      checkSize(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      for (String warning : warnings) {
        if (isDamage(warning)) {
          throw new DamagedImageException(warning.strip());
        }
      }
      return image;
    } catch (IOException | RuntimeException failure) {
      // Java's readers answer to some damage by exceptions of arrays and arguments.
      throw new DamagedImageException(
          "cannot be decoded as "
              + format.toUpperCase(Locale.ROOT)
              + " ("
              + (failure.getMessage() == null
                  ? failure.getClass().getSimpleName()
                  : failure.getMessage())
              + ")",
          failure);
    } finally {
      reader.dispose();
    }
  }

  /** A cut JPEG file is only warned of, its missing part is grey. */
  private static boolean isDamage(String warning) {
    return !warning.contains("profile")
        && !warning.contains("JFIF")
        && !warning.contains("extraneous");
  }

  private static String format(byte[] bytes) throws DamagedImageException {
    if (bytes.length == 0) {
      throw new DamagedImageException("the file is empty");
    }
    String first = HexFormat.of().formatHex(bytes, 0, Math.min(8, bytes.length));
    if (first.startsWith("ffd8ff")) {
      return "jpeg";
    }
    if (first.equals("89504e470d0a1a0a")) {
      return "png";
    }
    throw new DamagedImageException("begins with " + first + ", expected a JPEG or PNG file");
  }

  private static void checkSize(int width, int height) throws DamagedImageException {
    if (width > LARGEST_SIDE || height > LARGEST_SIDE || (long) width * height > MOST_PIXELS) {
      throw new DamagedImageException(
          Quote.format(
              "%d x %d pixels, expected at most %d and sides of at most %d",
              height, width, MOST_PIXELS, LARGEST_SIDE));
    }
  }

  private Decoded channels(BufferedImage image) throws DamagedImageException {
    ImageSamples stored = ImageSamples.of(image);
    int channels =
        switch (settings.channels()) {
          case AS_STORED -> stored.channels();
          case GREY -> 1;
          case COLOUR -> ImageShape.COLOUR;
        };
    ImageShape shape = new ImageShape(image.getHeight(), image.getWidth(), channels);
    byte[] pixels = new byte[shape.size()];
    int filled = 0;
    for (int row = 0; row < shape.height(); row++) {
      int[] samples = stored.row(row);
      for (int pixel = 0; pixel < shape.width(); pixel++) {
        for (int channel = 0; channel < channels; channel++) {
          pixels[filled++] = (byte) value(samples, stored.channels(), pixel, channels, channel);
        }
      }
    }
    return new Decoded(shape, pixels);
  }

  private static int value(int[] samples, int stored, int pixel, int wanted, int channel) {
    int from = pixel * stored;
    if (stored == wanted) {
      return samples[from + channel];
    }
    if (stored == 1) {
      return samples[from];
    }
    int sum = 500;
    for (int part = 0; part < LUMA.length; part++) {
      sum += LUMA[part] * samples[from + part];
    }
    return sum / 1000;
  }
}
