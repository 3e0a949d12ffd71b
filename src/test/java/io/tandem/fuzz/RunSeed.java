package io.tandem.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.cli.InProcess;
import io.tandem.testing.TinySearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Small finished runs, and copies of them. */
final class RunSeed {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunSeed() {}

  /** Makes a run of a search. */
  static Path search(Path run) {
    List<String> arguments = new ArrayList<>(List.of("search", "--out", run.toString()));
    arguments.addAll(TinySearch.arguments());
    InProcess.Ended ended = InProcess.run(arguments.toArray(String[]::new));
    if (ended.code() != 0) {
      throw new IllegalStateException(ended.err());
    }
    return run;
  }

  /** The object of a file or line. */
  static ObjectNode object(String text) throws IOException {
    return (ObjectNode) JSON.readTree(text);
  }

  /** Copies a folder in place of another. */
  static void copy(Path from, Path to) throws IOException {
    delete(to);
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(file -> copyOne(file, to.resolve(from.relativize(file).toString())));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Deletes a folder, if it is there. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
