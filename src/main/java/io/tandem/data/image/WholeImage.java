package io.tandem.data.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The check that an image file is whole. Whoever trains on images or applies a model to them asks
 * it first, so that both leave out the same files.
 */
public final class WholeImage {
  private WholeImage() {}

  /**
   * Checks a file.
   *
   * @param bytes of the file
   * @return what its header says
   * @throws DamagedImageException if it is neither JPEG nor PNG, too large, cut, or altered: PNG
   *     has checksums; of JPEG only those alterations are noticed that a decoder stumbles over
   */
  public static ImageHeader check(byte[] bytes) throws DamagedImageException {
    ImageHeader header = ImageHeader.of(bytes);
    if (header.png()) {
      PngChunks.check(bytes);
    } else {
      checkJpeg(bytes);
    }
    return header;
  }

  /**
   * TensorFlow's decoder keeps its warnings of JPEG files to itself and fills what is missing with
   * grey; Java's tells them. What Java's cannot read at all is left to TensorFlow's.
   */
  private static void checkJpeg(byte[] bytes) throws DamagedImageException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      // Without what is written next to the pixels, whose texts may be of any size.
      reader.setInput(stream, true, true);
      reader.readRaster(0, null);
    } catch (IOException | RuntimeException unreadable) {
      warnings.clear();
    } finally {
      reader.dispose();
    }
    for (String warning : warnings) {
      if (isDamage(warning.toLowerCase(Locale.ROOT))) {
        throw new DamagedImageException(warning.strip());
      }
    }
  }

  /** Others are about colour profiles, versions, and bytes between segments. */
  private static boolean isDamage(String warning) {
    return warning.contains("premature")
        || warning.contains("huffman")
        || warning.contains("corrupt") && !warning.contains("extraneous");
  }
}
