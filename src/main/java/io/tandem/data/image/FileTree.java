package io.tandem.data.image;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.ReadFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Files below a folder or in an archive of one. Hidden ones, and those that systems and storage
 * boxes leave beside the files of people, are not there.
 */
interface FileTree {
  /** The order of names: by their UTF-8 bytes, as {@code LC_ALL=C sort} has it. */
  Comparator<String> ORDER =
      (first, second) ->
          Arrays.compareUnsigned(
              first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));

  /** Largest file that is read, in bytes. */
  int LARGEST_FILE = 1 << 28;

  /**
   * A file or folder in the tree.
   *
   * @param path from the root, with {@code /} between names
   * @param folder whether it is one
   */
  record Entry(String path, boolean folder) {}

  /** Takes the files that are read, one after the other. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a file.
     *
     * @param path from the root
     * @param bytes all of it
     */
    void accept(String path, byte[] bytes);
  }

  /** What to call the tree in messages. */
  String name();

  /** What to call a file of it in messages. */
  String place(String path);

  /**
   * Everything in it, in the order of names.
   *
   * @throws DataException if it cannot be read or holds what is neither file nor folder
   */
  List<Entry> entries();

  /**
   * Reads files, each once, in an order of the tree's own.
   *
   * @param wanted paths of entries that are files
   * @param sink gets them
   * @throws DataException if one cannot be read or is too large
   */
  void read(Set<String> wanted, Sink sink);

  /**
   * The tree at a path.
   *
   * @throws DataException if there is none
   */
  static FileTree of(Path path) {
    if (Files.isDirectory(path)) {
      return new FolderTree(path);
    }
    if (!Files.exists(path)) {
      throw new DataException(path + ": no such file or folder; check the name");
    }
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          path + ": is neither a file nor a folder, expected a folder, .tar or .tar.gz");
    }
    return new ArchiveTree(path);
  }

  /** Names, in small letters, that systems and storage boxes leave in the folders of people. */
  Set<String> LEFT_BY_SYSTEMS =
      Set.of(
          "__macosx",
          "icon\r",
          "thumbs.db",
          "thumbs.db:encryptable",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "@eadir",
          "@tmp",
          "#recycle",
          "#snapshot",
          "$recycle.bin",
          "system volume information",
          "lost+found");

  /** Whether a name is one of those that are passed over. */
  static boolean isHidden(String name) {
    return name.startsWith(".") || LEFT_BY_SYSTEMS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The message for a failed read. */
  static DataException unreadable(String place, IOException cause) {
    return new DataException(
        Quote.format(
            "%s: cannot be read (%s), expected a complete file that this user may read; create it"
                + " again or change its permissions",
            place, ReadFailure.reason(cause)),
        cause);
  }

  /** The message for a file that is too large to be one of a data set. */
  static DataException tooLarge(String place, long size) {
    return new DataException(
        Quote.format(
            "%s: %d bytes, expected at most %d; remove it or make it smaller",
            place, size, LARGEST_FILE));
  }
}
