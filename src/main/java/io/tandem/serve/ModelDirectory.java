package io.tandem.serve;

import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.UserError;
import io.tandem.export.ModelFacts;
import io.tandem.export.VersionDirectory;
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
  private static final String CARD = "assets.extra/MODEL_CARD.md";
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
   * What a version says of itself.
   *
   * @param version its directory
   * @param trust whether it may say nothing, or have been changed since it was exported
   * @return empty if it says nothing
   * @throws UserError if it does not say what was written when it was exported
   */
  static Optional<ModelFacts> facts(Path version, boolean trust) {
    Path file = version.resolve(FACTS);
    if (!Files.exists(file)) {
      if (trust) {
        return Optional.empty();
      }
      throw missing(version, file);
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(LARGEST_FACTS + 1);
      if (bytes.length > LARGEST_FACTS) {
        throw new IllegalArgumentException("it is larger than " + LARGEST_FACTS + " bytes");
      }
      return Optional.of(ModelFacts.parse(new String(bytes, StandardCharsets.UTF_8), trust));
    } catch (IOException | IllegalArgumentException failure) {
      throw new UserError(
          UserError.Kind.DATA,
          file + ": cannot be used (" + failure.getMessage() + "); " + remedy(trust),
          failure);
    }
  }

  private static String remedy(boolean trust) {
    return trust
        ? "export the model again"
        : "export the model again, or run it with --trust if you trust who changed it";
  }

  /** Nothing says what the graph must be, nor how the classes and columns are called. */
  private static UserError missing(Path version, Path file) {
    return new UserError(
        UserError.Kind.DATA,
        Files.exists(version.resolve(CARD))
            ? file + ": is missing, expected what the export wrote; " + remedy(false)
            : version
                + ": was not exported by this program, it has no "
                + FACTS
                + "; a model is a program, run it with --trust only if you trust who made it");
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

  /**
   * Refuses a version that is not as it was exported, as far as its facts tell.
   *
   * @param version its directory
   * @param graph its graph
   * @throws UserError if it is not
   */
  static void requireWhole(Path version, MetaGraphDef graph) {
    ModelFacts facts = facts(version, false).orElseThrow();
    boolean fits;
    try {
      fits = facts.fit(Files.readAllBytes(version.resolve(FILE)));
    } catch (IOException failure) {
      throw unreadable(version.resolve(FILE), failure);
    }
    if (!fits) {
      throw new UserError(
          UserError.Kind.DATA,
          version
              + ": its graph is not the one that was exported; export the model again, or run it"
              + " with --trust if you trust who changed it");
    }
    requireSame(version, "classes", facts.classes(), GraphNames.classes(graph));
    if (facts.table().isPresent()) {
      List<String> features = facts.table().get().featureNames();
      // Where names are missing or not unique, examples have one list for all features.
      requireSame(
          version,
          "features",
          features,
          GraphNames.features(graph).filter(keys -> keys.size() == features.size()));
    }
  }

  private static void requireSame(
      Path version, String kind, List<String> told, Optional<List<String>> inGraph) {
    if (inGraph.isPresent() && !inGraph.get().equals(told)) {
      throw new UserError(
          UserError.Kind.DATA,
          version.resolve(FACTS)
              + ": its "
              + kind
              + " are not those of the graph, or in another order; "
              + remedy(false));
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
