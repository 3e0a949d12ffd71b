package io.tandem.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.report.journal.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Changes a checkpoint; half of the times its sizes and checksums are right afterwards. */
final class CheckpointMutator {
  private static final String MANIFEST = "manifest.json";

  private CheckpointMutator() {}

  /** Changes one file of a checkpoint. */
  static void mutate(Path checkpoint, Random random) throws IOException {
    Path manifest = checkpoint.resolve(MANIFEST);
    if (random.nextInt(3) == 0) {
      ObjectNode object = RunSeed.object(Files.readString(manifest)).without("crc");
      Files.writeString(manifest, Sealed.line(JsonMutator.mutate(object, random)));
      return;
    }
    Path file = TextMutator.pick(files(checkpoint), random);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, ByteMutator.mutate(bytes, List.of(bytes), random));
    if (!file.equals(manifest) && random.nextInt(3) > 0) {
      seal(manifest, file);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void seal(Path manifest, Path file) throws IOException {
    ObjectNode object = RunSeed.object(Files.readString(manifest)).without("crc");
    byte[] bytes = Files.readAllBytes(file);
    ((ObjectNode) object.path("files").path(String.valueOf(file.getFileName())))
        .put("size", bytes.length)
        .put("sha256", sha256(bytes));
    Files.writeString(manifest, Sealed.line(object));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
