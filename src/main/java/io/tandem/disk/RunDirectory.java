package io.tandem.disk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of a run: where everything is that a run leaves behind.
 *
 * @param path the directory
 * @param manifest what was fixed when the run began
 */
public record RunDirectory(Path path, RunManifest manifest) {
  private static final String MANIFEST = "run.json";
  private static final String CONFIG = "config.pbtxt";
  private static final String ORIGIN = "directory";

  /**
   * Makes the directory of a new run; it appears with its manifest and configuration or not at all.
   *
   * @param disk where to
   * @param path the directory: absent or empty; missing parents are created
   * @param manifest what is fixed
   * @param config the effective configuration as text
   * @throws UserError if the path is taken or cannot be written
   */
  public static RunDirectory create(Disk disk, Path path, RunManifest manifest, String config) {
    Path parent = requireFree(path);
    Path target = path.toAbsolutePath().normalize();
    String aside = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".partial";
    try {
      disk.createDirectories(parent);
      Path partial = parent.resolve(aside);
      disk.delete(partial);
      disk.createDirectories(partial);
      AtomicFile.write(disk, partial.resolve(CONFIG), config);
      ObjectNode fixed = manifest.toJson().put(ORIGIN, target.toString());
      AtomicFile.write(disk, partial.resolve(MANIFEST), Json.pretty(fixed));
      disk.move(partial, target);
      disk.sync(parent);
    } catch (IOException failure) {
      throw DiskErrors.error(path, failure);
    }
    KillPoint.reached("run.created");
    return new RunDirectory(path, manifest);
  }

  /**
   * Opens the directory of an existing run. Changes nothing.
   *
   * @param path the directory
   * @throws UserError if it is absent or not a run
   */
  public static RunDirectory open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new UserError(
          UserError.Kind.RUN, path + ": no such directory; " + NextCommand.listRuns());
    }
    if (!isRun(path)) {
      throw new UserError(
          UserError.Kind.RUN,
          path + ": is not a run, it has no " + MANIFEST + "; " + NextCommand.listRuns());
    }
    return new RunDirectory(
        path,
        RunManifest.parse(text(path.resolve(MANIFEST)))
            .orElseThrow(
                () ->
                    new UserError(
                        UserError.Kind.RUN,
                        path.resolve(MANIFEST)
                            + ": is damaged; restore it from a copy or start a new run")));
  }

  /** The run that a file or directory is part of, if there is one. */
  public static Optional<RunDirectory> around(Path path) {
    for (Path place = path; place != null; place = place.getParent()) {
      if (isRun(place)) {
        Path found = place;
        return RunManifest.parse(text(found.resolve(MANIFEST)))
            .map(manifest -> new RunDirectory(found, manifest));
      }
    }
    return Optional.empty();
  }

  /**
   * Where something is now that was beside the run when it began: at the same place seen from the
   * run, or if there is nothing, where it was.
   *
   * @param began absolute path of then
   */
  public Path now(Path began) {
    Optional<Path> origin =
        Json.parse(text(path.resolve(MANIFEST)))
            .map(object -> object.path(ORIGIN).asText())
            .filter(directory -> !directory.isEmpty())
            .map(Path::of);
    if (origin.isEmpty()) {
      return began;
    }
    Path moved = path.toAbsolutePath().resolve(origin.get().relativize(began)).normalize();
    return Files.exists(moved) ? moved : began;
  }

  /** Whether a directory holds a run. */
  public static boolean isRun(Path path) {
    return Files.isRegularFile(path.resolve(MANIFEST));
  }

  /**
   * Refuses to go on with another configuration.
   *
   * @param configHash SHA-256 of the effective configuration of this session
   * @throws UserError if it is not that of the run
   */
  public void requireSameConfig(String configHash) {
    if (!configHash.equals(manifest.configHash())) {
      throw new UserError(
          UserError.Kind.USAGE,
          config()
              + ": the run began with another configuration than the one given now; resume without"
              + " a configuration and --set, or start a new run");
    }
  }

  /**
   * The effective configuration that the run began with.
   *
   * @throws UserError if it cannot be read
   */
  public String configText() {
    try {
      return Files.readString(config());
    } catch (IOException failure) {
      throw DiskErrors.error(config(), failure);
    }
  }

  /**
   * Refuses to go on where the saved configuration was edited.
   *
   * @param configHash SHA-256 of {@link #configText}
   * @throws UserError if it is not that of the run
   */
  public void requireUntouchedConfig(String configHash) {
    if (!configHash.equals(manifest.configHash())) {
      throw new UserError(
          UserError.Kind.USAGE,
          config()
              + ": was changed after the run began; restore it, or start a new run with the changed"
              + " configuration");
    }
  }

  /** The effective configuration. */
  public Path config() {
    return path.resolve(CONFIG);
  }

  /** One line per step, candidate, epoch and event. */
  public Path journal() {
    return path.resolve("journal.jsonl");
  }

  /** Holds the checkpoints of the search. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** Holds the checkpoints of the retraining. */
  public Path retrainCheckpoints() {
    return checkpoints().resolve("retrain");
  }

  /** Holds the checkpoints of the refinement. */
  public Path refineCheckpoints() {
    return checkpoints().resolve("refine");
  }

  /**
   * Holds the checkpoints of a further training of the winner while it lasts.
   *
   * @param seed seed of that training
   */
  public Path retrainCheckpoints(long seed) {
    return checkpoints().resolve("retrain-seed" + seed);
  }

  /** The record of the one reading of the test part. */
  public Path test() {
    return path.resolve("test.json");
  }

  /** Holds TensorBoard event files. */
  public Path tensorboard() {
    return path.resolve("tensorboard");
  }

  /** The outcome. */
  public Path result() {
    return path.resolve("result.json");
  }

  /** The words that the language models of the run tell apart. */
  public Path vocabulary() {
    return path.resolve("vocabulary.txt");
  }

  /** The winner for people. */
  public Path winnerText() {
    return path.resolve("winner.txt");
  }

  /** A drawing of the winner. */
  public Path winnerDrawing() {
    return path.resolve("winner.svg");
  }

  /** Validation loss over the search and, where it is not minus this loss, the reward. */
  public Path rewardChart() {
    return path.resolve("reward.svg");
  }

  /** Norms of the direct and response gradients over the search. */
  public Path gradientChart() {
    return path.resolve("gradients.svg");
  }

  /** Losses and norm of the hypergradient over a refinement. */
  public Path refinementChart() {
    return path.resolve("refinement.svg");
  }

  /** Losses over the epochs of the retraining. */
  public Path retrainChart() {
    return path.resolve("retrain.svg");
  }

  /** Losses over a tuning. */
  public Path lossChart() {
    return path.resolve("losses.svg");
  }

  /** Training loss over the steps of the first and of the best training of a tuning. */
  public Path learningChart() {
    return path.resolve("learning.svg");
  }

  /** The learnt training inputs of a tuning. */
  public Path inputsDrawing() {
    return path.resolve("inputs.svg");
  }

  /** All values that a tuning found. */
  public Path hyperparameters() {
    return path.resolve("hyperparameters.json");
  }

  /** What a tuning found for a target that changes over the training steps. */
  public Path scheduleChart(String key) {
    return path.resolve("schedule-" + key + ".svg");
  }

  /**
   * Refuses to go on by the wrong command.
   *
   * @param tuning whether this is {@code tandem tune}
   * @throws UserError if the run was begun by the other
   */
  public void requireTuning(boolean tuning) {
    if (manifest.isTuning() != tuning) {
      throw new UserError(
          UserError.Kind.USAGE,
          path
              + ": was begun by tandem "
              + (tuning ? "search" : "tune")
              + "; resume it with: "
              + NextCommand.resume(this));
    }
  }

  /** The exported model; its versions are directories below. */
  public Path model() {
    return path.resolve("model");
  }

  /** A file's text, damaged bytes replaced; empty if there is none or it cannot be read. */
  public static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return "";
    }
  }

  /**
   * Refuses a directory that no new run can have.
   *
   * @param path the directory
   * @return the directory that it would be in, absolute
   * @throws UserError if the path is taken or is a root
   */
  public static Path requireFree(Path path) {
    Path target = path.toAbsolutePath().normalize();
    refuseTaken(path, target);
    Path parent = target.getParent();
    if (parent == null) {
      throw new UserError(UserError.Kind.USAGE, path + ": is a root; name a directory in it");
    }
    return parent;
  }

  private static void refuseTaken(Path path, Path target) {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new UserError(
          UserError.Kind.USAGE, path + ": is a file; name a directory that does not exist yet");
    }
    if (isRun(target)) {
      throw new UserError(
          UserError.Kind.USAGE,
          path + ": holds a run already; name another directory, or " + NextCommand.goOn(path));
    }
    try (Stream<Path> entries = Files.list(target)) {
      if (entries.findAny().isPresent()) {
        throw new UserError(
            UserError.Kind.USAGE,
            path + ": exists and is not a run; name an empty directory or one that does not exist");
      }
    } catch (IOException failure) {
      throw DiskErrors.error(path, failure);
    }
  }
}
