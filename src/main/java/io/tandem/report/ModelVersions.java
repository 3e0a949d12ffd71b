package io.tandem.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The numbered directories that a model server watches. */
public final class ModelVersions {
  private ModelVersions() {}

  /**
   * The versions under a directory, oldest first; none if there is no such directory.
   *
   * @param base the watched directory
   * @throws IOException if it cannot be listed
   */
  public static List<Long> in(Path base) throws IOException {
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(base)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[0-9]{1,18}"))
          .map(Long::valueOf)
          .sorted()
          .toList();
    }
  }
}
