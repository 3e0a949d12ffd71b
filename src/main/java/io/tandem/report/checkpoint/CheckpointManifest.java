package io.tandem.report.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.report.journal.CheckedLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The list of a checkpoint's files with their sizes and hashes: one checked JSON line, written
 * last, so that its presence says that all else is there.
 */
final class CheckpointManifest {
  static final String NAME = "manifest.json";
  private static final int BUFFER = 1 << 16;

  private CheckpointManifest() {}

  /** The files of a checkpoint but for the manifest, in order of their names. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> !directory.relativize(path).toString().equals(NAME))
          .sorted()
          .toList();
    }
  }

  /** The directories of a checkpoint, itself last. */
  static List<Path> directories(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isDirectory).sorted(java.util.Comparator.reverseOrder()).toList();
    }
  }

  static byte[] line(Path directory, long step, ObjectNode state) throws IOException {
    ObjectNode manifest = Json.object().put("step", step);
    manifest.set("state", state);
    ObjectNode files = manifest.putObject("files");
    for (Path file : files(directory)) {
      files
          .putObject(directory.relativize(file).toString().replace('\\', '/'))
          .put("size", Files.size(file))
          .put("sha256", sha256(file));
    }
    return (CheckedLine.encode(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Verifies a checkpoint.
   *
   * @throws Damaged naming the file that is missing, cut or altered
   */
  static Checkpoint verify(Path directory, long step) throws Damaged {
    ObjectNode manifest = read(directory.resolve(NAME));
    if (manifest.path("step").asLong() != step) {
      throw new Damaged(directory.resolve(NAME), "belongs to another step");
    }
    if (!(manifest.path("state") instanceof ObjectNode state)) {
      throw new Damaged(directory.resolve(NAME), "has no state");
    }
    for (var entry : manifest.path("files").properties()) {
      verify(inside(directory, entry.getKey()), entry.getValue());
    }
    return new Checkpoint(step, directory, state);
  }

  private static Path inside(Path directory, String name) throws Damaged {
    try {
      Path file = directory.resolve(name).normalize();
      if (file.startsWith(directory.normalize())) {
        return file;
      }
    } catch (InvalidPathException noName) {
      throw new Damaged(directory.resolve(NAME), "names a file that cannot be");
    }
    throw new Damaged(directory.resolve(NAME), "names a file outside the checkpoint");
  }

  private static void verify(Path file, JsonNode expected) throws Damaged {
    try {
      long size = expected.path("size").asLong();
      if (Files.size(file) != size) {
        throw new Damaged(file, "has " + Files.size(file) + " bytes instead of " + size);
      }
      if (!sha256(file).equals(expected.path("sha256").asText())) {
        throw new Damaged(file, "was altered: its SHA-256 is not that of the manifest");
      }
    } catch (IOException failure) {
      throw new Damaged(file, "cannot be read");
    }
  }

  private static ObjectNode read(Path file) throws Damaged {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      Optional<ObjectNode> object =
          text.endsWith("\n")
              ? CheckedLine.decode(text.substring(0, text.length() - 1))
              : Optional.empty();
      return object.orElseThrow(() -> new Damaged(file, "is truncated or was altered"));
    } catch (IOException failure) {
      throw new Damaged(file, "is missing or cannot be read");
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A file is not what the manifest says. */
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1;

    Damaged(Path file, String what) {
      super(file + ": " + what);
    }
  }
}
