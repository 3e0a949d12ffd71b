package io.tandem.export.signature;

import io.tandem.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Images as PNG files, which keep every byte. */
public final class Png {
  private Png() {}

  /**
   * Encodes an image.
   *
   * @param bytes row by row, pixel by pixel, channel by channel
   * @param shape of the image
   */
  public static byte[] encode(byte[] bytes, ImageShape shape) {
    boolean grey = shape.channels() == 1;
    BufferedImage image =
        new BufferedImage(
            shape.width(),
            shape.height(),
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    int[] samples = new int[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      samples[index] = Byte.toUnsignedInt(bytes[index]);
    }
    image.getRaster().setPixels(0, 0, shape.width(), shape.height(), samples);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return file.toByteArray();
  }
}
