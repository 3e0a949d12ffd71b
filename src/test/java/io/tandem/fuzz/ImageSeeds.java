package io.tandem.fuzz;

import io.tandem.testing.ImageTrees;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Valid images of every kind that is read, of 4 x 5 pixels. */
final class ImageSeeds {
  private ImageSeeds() {}

  /** PNG files: grey, coloured, with a palette, of few and of 16 bits. */
  static List<byte[]> png() {
    return List.of(
        ImageTrees.encoded(ImageTrees.colour(3, 4, 5), "png"),
        ImageTrees.encoded(ImageTrees.grey(3, 4, 5), "png"),
        ImageTrees.encoded(drawn(BufferedImage.TYPE_BYTE_INDEXED), "png"),
        ImageTrees.encoded(drawn(BufferedImage.TYPE_BYTE_BINARY), "png"),
        ImageTrees.encoded(drawn(BufferedImage.TYPE_INT_ARGB), "png"),
        ImageTrees.encoded(drawn(BufferedImage.TYPE_USHORT_GRAY), "png"));
  }

  /** JPEG files: grey, coloured, progressive. */
  static List<byte[]> jpeg() throws IOException {
    return List.of(
        ImageTrees.encoded(ImageTrees.colour(3, 4, 5), "jpeg"),
        ImageTrees.encoded(ImageTrees.grey(3, 4, 5), "jpeg"),
        progressive(ImageTrees.colour(5, 40, 50)));
  }

  private static BufferedImage drawn(int type) {
    BufferedImage image = new BufferedImage(5, 4, type);
    image.getGraphics().drawImage(ImageTrees.colour(3, 4, 5), 0, 0, null);
    return image;
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam progressive = writer.getDefaultWriteParam();
      progressive.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), progressive);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
