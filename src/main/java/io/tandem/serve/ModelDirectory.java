package io.tandem.serve;

import io.tandem.export.ModelFacts;
import io.tandem.export.VersionDirectory;
import io.tandem.report.NextCommand;
import io.tandem.report.RunDirectory;
import io.tandem.report.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** Finds the SavedModel that a path stands for and reads its graph without running anything. */
public final class ModelDirectory {
  private static final String FILE = "saved_model.pb";
  private static final String FACTS = "assets.extra/" + ModelFacts.FILE;
  private static final int LARGEST_FACTS = 1 << 26;

  private ModelDirectory() {}

  /** The version directory: the path itself, or the highest version in it or in its model/. */
  public static Path resolve(Path path) {
    if (!Files.isDirectory(path)) {
      throw new UserError(
          UserError.Kind.DATA,
          path + ": no such directory, expected a run, its model/ or a version in it");
    }
    try {
      for (Path base : List.of(path, path.resolve("model"))) {
        if (Files.isRegularFile(base.resolve(FILE))) {
          return base;
        }
        Path version = base.resolve(Long.toString(VersionDirectory.highest(base)));
        if (Files.isRegularFile(version.resolve(FILE))) {
          return version;
        }
      }
    } catch (IOException failure) {
      throw new UserError(
          UserError.Kind.DATA, path + ": cannot be listed; check its permissions", failure);
    }
    Optional<RunDirectory> unfinished =
        RunDirectory.around(path).filter(run -> !Files.exists(run.result()));
    if (unfinished.isPresent()) {
      throw new UserError(
          UserError.Kind.DATA, path + ": " + NextCommand.unfinished(unfinished.get()));
    }
    throw new UserError(
        UserError.Kind.DATA,
        path
            + ": holds no model (no "
            + FILE
            + "), expected a finished run, its model/ or a version in it");
  }

  /**
   * What a version says of itself; empty if it was exported by an earlier program, which wrote
   * nothing of it.
   */
  static Optional<ModelFacts> facts(Path version) {
    Path file = version.resolve(FACTS);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(LARGEST_FACTS + 1);
      if (bytes.length > LARGEST_FACTS) {
        throw new IllegalArgumentException("it is larger than " + LARGEST_FACTS + " bytes");
      }
      return Optional.of(ModelFacts.parse(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException failure) {
      throw new UserError(
          UserError.Kind.DATA,
          file + ": cannot be used (" + failure.getMessage() + "); export the model again",
          failure);
    }
  }

  /**
   * The graph tagged {@code serve}. TensorFlow loads the first whose tags are those as a set, and
   * this is the same.
   */
  static MetaGraphDef read(Path version) {
    return served(version, model(version));
  }

  /** The served graph of a model. */
  static MetaGraphDef served(Path version, SavedModel model) {
    return model.getMetaGraphsList().stream()
        .filter(graph -> Set.copyOf(graph.getMetaInfoDef().getTagsList()).equals(Set.of("serve")))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    UserError.Kind.DATA,
                    version.resolve(FILE) + ": has no graph tagged serve; export the model again"));
  }

  /** Whether the graph is the one that was exported, as far as the version tells. */
  static boolean isWhole(Path version) {
    Optional<ModelFacts> facts = facts(version);
    if (facts.isEmpty()) {
      return true;
    }
    try {
      return facts.get().fit(Files.readAllBytes(version.resolve(FILE)));
    } catch (IOException failure) {
      throw unreadable(version.resolve(FILE), failure);
    }
  }

  /** All that a model holds. */
  static SavedModel model(Path version) {
    Path file = version.resolve(FILE);
    try (InputStream input = Files.newInputStream(file)) {
      return SavedModel.parseFrom(input);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  private static UserError unreadable(Path file, IOException failure) {
    return new UserError(
        UserError.Kind.DATA,
        file + ": cannot be read as a SavedModel; export the model again",
        failure);
  }
}
