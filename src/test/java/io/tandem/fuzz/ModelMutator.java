package io.tandem.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.tensorflow.proto.SavedModel;

/** Changes an exported model: its graph field by field, its weights, what it says of itself. */
final class ModelMutator {
  private static final String GRAPH = "saved_model.pb";

  private ModelMutator() {}

  /** Changes one file of a version. */
  static void mutate(Path version, Random random) throws IOException {
    switch (random.nextInt(10)) {
      case 0 -> bytes(version.resolve(GRAPH), random);
      case 1 -> facts(version.resolve("assets.extra/model.json"), random);
      case 2, 3 -> weights(version, random);
      default -> graph(version.resolve(GRAPH), random);
    }
  }

  private static void bytes(Path file, Random random) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, ByteMutator.mutate(whole, List.of(whole), random));
  }

  private static void facts(Path file, Random random) throws IOException {
    String whole = Files.readString(file);
    Files.writeString(
        file,
        random.nextBoolean()
            ? JsonMutator.mutate(RunSeed.object(whole), random).toString()
            : TextMutator.mutate(whole, random));
  }

  private static void weights(Path version, Random random) throws IOException {
    try (Stream<Path> files = Files.list(version.resolve("variables"))) {
      Path file = TextMutator.pick(files.sorted().toList(), random);
      if (random.nextInt(10) == 0) {
        Files.delete(file);
      } else {
        bytes(file, random);
      }
    }
  }

  private static void graph(Path file, Random random) throws IOException {
    SavedModel model = SavedModel.parseFrom(Files.readAllBytes(file));
    Files.write(file, MessageMutator.mutate(model, random).toByteArray());
  }
}
