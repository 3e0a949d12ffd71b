package io.tandem.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The check that no file is given for two parts of a data set. */
public final class DifferentFiles {
  private DifferentFiles() {}

  /**
   * Checks the parts.
   *
   * @param parts their files
   * @param kind what each of them is, in messages
   * @param remedy what to do with a file that is given twice
   * @throws DataException if two are the same file, under whatever names, or cannot be compared
   */
  public static void require(List<Path> parts, String kind, String remedy) {
    for (int second = 1; second < parts.size(); second++) {
      for (Path first : parts.subList(0, second)) {
        require(first, parts.get(second), kind, remedy);
      }
    }
  }

  private static void require(Path first, Path second, String kind, String remedy) {
    try {
      if (Files.isSameFile(first, second)) {
        throw new DataException(
            second + ": given for two parts, expected different files; " + remedy);
      }
    } catch (IOException failure) {
      throw StoredBytes.file(second, kind).unreadable(failure);
    }
  }
}
