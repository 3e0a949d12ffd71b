package io.tandem.data.image;

import io.tandem.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/** Image files as they are, without classes: those that a model is applied to. */
public final class EncodedImages {
  private EncodedImages() {}

  /**
   * Reads image files one after another.
   *
   * @param path an image file; or a folder, or an archive of one, whose .jpg, .jpeg and .png files
   *     are read, in the order of their names in a folder
   * @param sink takes the place of each file, as people call it, and all its bytes
   * @throws DataException if something cannot be read, or there is no image
   */
  public static void read(Path path, BiConsumer<String, byte[]> sink) {
    if (Files.isRegularFile(path) && ImageSearch.isImage(path.toString())) {
      sink.accept(path.toString(), bytes(path));
      return;
    }
    FileTree tree = FileTree.of(path);
    Set<String> images = new LinkedHashSet<>();
    for (FileTree.Entry entry : tree.entries()) {
      if (!entry.folder() && ImageSearch.isImage(entry.path())) {
        images.add(entry.path());
      }
    }
    if (images.isEmpty()) {
      throw new DataException(
          path + ": holds no image, expected .jpg, .jpeg or .png files; check the folder");
    }
    tree.read(images, (file, bytes) -> sink.accept(tree.place(file), bytes));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw FileTree.unreadable(file.toString(), failure);
    }
  }
}
