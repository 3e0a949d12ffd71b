package io.tandem.data.image;

import io.tandem.data.Block;
import io.tandem.data.DataException;
import io.tandem.data.ImageShape;
import io.tandem.data.Quote;
import io.tandem.data.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Images that a model is applied to, in every format that training reads: JPEG and PNG files, a
 * folder or archive of them, IDX files and the binary files of CIFAR.
 */
public final class PredictionImages {
  private static final int IDX = 0x0803;
  private static final String CIFAR = ".bin";
  private static final List<String> CIFAR_TESTS =
      List.of(CifarFormat.CIFAR_10.test(), CifarFormat.CIFAR_100.test());

  private final Optional<Path> labels;
  private final ImageShape shape;
  private final int classes;
  private final Sink sink;

  private PredictionImages(Optional<Path> labels, ImageShape shape, int classes, Sink sink) {
    this.labels = labels;
    this.shape = shape;
    this.classes = classes;
    this.sink = sink;
  }

  /** Takes images, one after the other. */
  public interface Sink {
    /**
     * Takes an image file.
     *
     * @param place what people call it
     * @param folder name of the folder that it lies in, which may be its class
     * @param bytes all of it
     */
    void file(String place, String folder, byte[] bytes);

    /**
     * Takes an image of bytes.
     *
     * @param place what people call it
     * @param label number of its class; -1 if it is not known
     * @param pixels {@code [height, width, channels]}
     */
    void pixels(String place, int label, byte[] pixels);
  }

  /**
   * Reads images one after another.
   *
   * @param path a file, folder or archive; of a folder or archive the .jpg, .jpeg and .png files,
   *     in the order of their names in a folder, or else the test file of CIFAR
   * @param labels the labels of an IDX file of images
   * @param shape that images of bytes must have
   * @param classes number of classes of the model, which tells the labels of CIFAR-100 apart
   * @param sink takes them
   * @return the hash of the images of a folder or archive as a run keeps that of its data; empty if
   *     they were something else or could not be trained on
   * @throws DataException if something cannot be read, or there is no image
   */
  public static Optional<String> read(
      Path path, Optional<Path> labels, ImageShape shape, int classes, Sink sink) {
    return new PredictionImages(labels, shape, classes, sink).read(path);
  }

  private Optional<String> read(Path path) {
    StoredBytes.requireRegular(path);
    if (Files.isRegularFile(path)) {
      if (ImageSearch.isImage(path.toString())) {
        sink.file(
            path.toString(), folder(path.toAbsolutePath().normalize().toString()), bytes(path));
        return Optional.empty();
      }
      if (isIdx(path)) {
        idx(path);
        return Optional.empty();
      }
      if (path.toString().endsWith(CIFAR)) {
        cifar(path.toString(), String.valueOf(path.getFileName()), bytes(path));
        return Optional.empty();
      }
    }
    requireTree(path);
    FileTree tree = FileTree.of(path);
    Set<String> images = files(tree, ImageSearch::isImage);
    if (!images.isEmpty()) {
      String root = Files.isDirectory(path) ? folder(path.toAbsolutePath().normalize() + "/") : "";
      Map<String, String> hashes = new HashMap<>();
      tree.read(
          images,
          (file, bytes) -> {
            hashes.put(file, FolderHash.of(bytes));
            sink.file(tree.place(file), file.contains("/") ? folder(file) : root, bytes);
          });
      return hash(tree, hashes);
    }
    Set<String> tests = files(tree, file -> CIFAR_TESTS.contains(name(file)));
    if (tests.isEmpty()) {
      throw new DataException(
          path
              + ": holds no image, expected .jpg, .jpeg or .png files, an IDX file of images, or the"
              + " test file of CIFAR; check the path");
    }
    tree.read(tests, (file, bytes) -> cifar(tree.place(file), name(file), bytes));
    return Optional.empty();
  }

  private static Optional<String> hash(FileTree tree, Map<String, String> hashes) {
    ImageLayout layout;
    try {
      layout = ImageLayout.of(tree);
    } catch (DataException other) {
      // No classes or parts: nothing could have been trained on it.
      return Optional.empty();
    }
    FolderHash hash = new FolderHash();
    for (ImageLayout.ImageFile file : layout.all()) {
      hash.add(file.path(), hashes.getOrDefault(file.entry(), ""));
    }
    return Optional.of(hash.sha256());
  }

  /** A table or a text that is given to a model of images is no damaged archive. */
  private static void requireTree(Path path) {
    if (!Files.isRegularFile(path)
        || path.toString().toLowerCase(Locale.ROOT).matches(".*\\.(tar|gz|tgz)")) {
      return;
    }
    throw new DataException(
        path
            + ": is not an image, expected a .jpg, .jpeg or .png file, a folder or a .tar or .tar.gz"
            + " of them, an IDX file of images, or the test file of CIFAR; check the path");
  }

  private static Set<String> files(FileTree tree, Predicate<String> wanted) {
    Set<String> found = new LinkedHashSet<>();
    for (FileTree.Entry entry : tree.entries()) {
      if (!entry.folder() && wanted.test(entry.path())) {
        found.add(entry.path());
      }
    }
    return found;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String folder(String path) {
    String normal = path.replace('\\', '/');
    int slash = normal.lastIndexOf('/');
    return slash < 0 ? "" : ImageSearch.name(normal.substring(0, slash));
  }

  private static boolean isIdx(Path path) {
    StoredBytes input = StoredBytes.file(path, IdxReader.KIND);
    try (InputStream stream = input.open(StoredBytes.sha256())) {
      byte[] first = stream.readNBytes(4);
      return Arrays.equals(first, new byte[] {0, 0, IDX >> 8, IDX & 0xff});
    } catch (IOException failure) {
      throw input.unreadable(failure);
    }
  }

  private void idx(Path path) {
    StoredBytes input = StoredBytes.file(path, IdxReader.KIND);
    IdxReader.Images images = IdxReader.images(input, Block.ALL, StoredBytes.sha256());
    requireShape(path.toString(), images.shape());
    int[] known =
        labels
            .map(file -> StoredBytes.file(file, IdxReader.KIND))
            .map(file -> IdxReader.labels(file, Block.ALL, classes, StoredBytes.sha256()))
            .orElseGet(
                () -> {
                  int[] unknown = new int[images.count()];
                  Arrays.fill(unknown, -1);
                  return unknown;
                });
    if (known.length != images.count()) {
      throw new DataException(
          Quote.format(
              "%s: %d labels, expected %d as there are images in %s; give files that belong together",
              labels.map(Path::toString).orElse(""), known.length, images.count(), path));
    }
    emit(path.toString(), known, images.pixels());
  }

  private void cifar(String place, String name, byte[] bytes) {
    CifarFormat format =
        name.equals(CifarFormat.CIFAR_100.test())
                || name.equals(CifarFormat.CIFAR_100.train().get(0))
            ? CifarFormat.CIFAR_100
            : CifarFormat.CIFAR_10;
    boolean coarse = format.labels().size() > 1 && classes == format.labels().get(0).classes();
    requireShape(place, CifarFormat.SHAPE);
    CifarReader.Images images =
        new CifarReader(format, coarse ? 0 : format.labels().size() - 1)
            .read(place, bytes, 0, Integer.MAX_VALUE);
    emit(place, images.labels(), images.pixels());
  }

  private void emit(String place, int[] known, byte[] pixels) {
    int size = shape.size();
    for (int index = 0; index < known.length; index++) {
      sink.pixels(
          place + ":" + index,
          known[index],
          Arrays.copyOfRange(pixels, index * size, (index + 1) * size));
    }
  }

  private void requireShape(String place, ImageShape found) {
    if (!found.equals(shape)) {
      throw new DataException(
          Quote.format(
              "%s: images of %s, expected %s as the model takes; give the images that it was trained"
                  + " for",
              place, found, shape));
    }
  }

  private static byte[] bytes(Path file) {
    return FolderTree.bytes(file);
  }
}
