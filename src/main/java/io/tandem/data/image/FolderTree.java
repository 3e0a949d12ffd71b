package io.tandem.data.image;

import io.tandem.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files below a folder; links are followed.
 *
 * @param root the folder
 */
record FolderTree(Path root) implements FileTree {
  // Deeper than any layout goes, so that a link to a folder above it ends.
  private static final int DEEPEST = 6;

  @Override
  public String name() {
    return root.toString();
  }

  @Override
  public String place(String path) {
    return root.resolve(path).toString();
  }

  @Override
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    list(root, "", 1, entries);
    entries.sort(Comparator.comparing(Entry::path, ORDER));
    return entries;
  }

  private static void list(Path folder, String prefix, int depth, List<Entry> entries) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = String.valueOf(file.getFileName());
        if (FileTree.isHidden(name)) {
          continue;
        }
        boolean directory = Files.isDirectory(file);
        if (!directory && !Files.isRegularFile(file)) {
          throw new DataException(
              file + ": is neither a file nor a folder, expected one of the two; remove it");
        }
        entries.add(new Entry(prefix + name, directory));
        if (directory && depth < DEEPEST) {
          list(file, prefix + name + "/", depth + 1, entries);
        }
      }
    } catch (IOException failure) {
      throw FileTree.unreadable(folder.toString(), failure);
    }
  }

  @Override
  public void read(Set<String> wanted, Sink sink) {
    wanted.stream().sorted(ORDER).forEach(path -> sink.accept(path, bytes(root.resolve(path))));
  }

  /** A whole file, if it is small enough to be one of a data set. */
  static byte[] bytes(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw FileTree.tooLarge(file.toString(), Files.size(file));
      }
      return bytes;
    } catch (IOException failure) {
      throw FileTree.unreadable(file.toString(), failure);
    }
  }
}
