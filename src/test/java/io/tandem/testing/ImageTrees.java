package io.tandem.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small data sets of image files, made anew for each test. */
public final class ImageTrees {
  private ImageTrees() {}

  /** A stored value for each place, alike in every run. */
  public static int value(int number, int row, int column, int channel) {
    return (37 * number + 11 * row + 5 * column + 83 * channel) & 0xff;
  }

  /** A coloured image. */
  public static BufferedImage colour(int number, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          rgb = rgb << 8 | value(number, row, column, channel);
        }
        image.setRGB(column, row, rgb);
      }
    }
    return image;
  }

  /** A grey image. */
  public static BufferedImage grey(int number, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        image.getRaster().setSample(column, row, 0, value(number, row, column, 0));
      }
    }
    return image;
  }

  /** An image as a file's bytes. */
  public static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  /** Writes a file and the folders around it. */
  public static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /**
   * Writes a folder of {@code class/N.png}, coloured, 4 x 5 pixels, classes {@code cat} and {@code
   * dog}.
   *
   * @param each images of each class
   */
  public static Path classes(Path root, int each) throws IOException {
    for (String name : List.of("dog", "cat")) {
      for (int number = 0; number < each; number++) {
        int code = name.equals("cat") ? number : 100 + number;
        write(root.resolve(name).resolve(number + ".png"), encoded(colour(code, 4, 5), "png"));
      }
    }
    return root;
  }

  /** Packs a folder with its name; files in reverse order, so that no order of names is given. */
  public static Path archive(Path folder, Path file) throws IOException {
    try (OutputStream stream = Files.newOutputStream(file);
        OutputStream stored =
            file.toString().endsWith(".gz") ? new GZIPOutputStream(stream) : stream;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(stored);
        Stream<Path> walk = Files.walk(folder)) {
      List<Path> paths = new ArrayList<>(walk.sorted().toList());
      Collections.reverse(paths);
      Path parent = folder.getParent();
      for (Path path : paths) {
        String name = parent.relativize(path).toString();
        add(tar, Files.isDirectory(path) ? name + "/" : name, path);
      }
    }
    return file;
  }

  private static void add(TarArchiveOutputStream tar, String name, Path path) throws IOException {
    byte[] bytes = Files.isDirectory(path) ? new byte[0] : Files.readAllBytes(path);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
