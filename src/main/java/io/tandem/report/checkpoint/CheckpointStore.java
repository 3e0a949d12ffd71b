package io.tandem.report.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.KillPoint;
import io.tandem.disk.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The checkpoints of a run, each a directory {@code step-N} that is complete or absent. The files
 * are written into a fresh directory aside, made durable, listed with sizes and hashes in a
 * manifest written last, and moved into place in one step. Older ones are deleted only after that.
 */
public final class CheckpointStore {
  private static final String PREFIX = "step-";
  private static final String OLD = ".old";

  private final Disk disk;
  private final Path root;
  private final int keep;
  private final Consumer<String> warnings;
  private final Set<Path> damaged = new HashSet<>();

  /**
   * Looks at a directory; nothing is written yet.
   *
   * @param disk where to write
   * @param root holds the checkpoints; created when the first is begun
   * @param keep number of checkpoints to keep, at least 2 so that a good one is left when the
   *     newest is damaged
   * @param warnings is told about each damaged checkpoint, once
   */
  public CheckpointStore(Disk disk, Path root, int keep, Consumer<String> warnings) {
    if (keep < 2) {
      throw new IllegalArgumentException("at least two checkpoints are kept, not " + keep);
    }
    this.disk = disk;
    this.root = root;
    this.keep = keep;
    this.warnings = warnings;
  }

  /**
   * Makes an empty directory for the files of a checkpoint. Whatever was begun before and not
   * committed is deleted.
   *
   * @param step number of outer steps (or epochs) done, at least 0
   * @return the directory to write into and to hand to {@link #commit}
   * @throws UserError if the disk refuses
   */
  public Path begin(long step) {
    Path aside = root.resolve("." + PREFIX + step + ".partial");
    try {
      disk.createDirectories(root);
      for (Path leftover : list(name -> name.matches("\\..*\\.partial(\\.index)?"))) {
        disk.delete(leftover);
      }
      disk.createDirectories(aside);
    } catch (IOException failure) {
      throw DiskErrors.error(aside, failure);
    }
    KillPoint.reached("checkpoint.begun");
    return aside;
  }

  /**
   * Writes a file of a checkpoint.
   *
   * @param file in the directory that {@link #begin} returned
   * @param content the whole content
   * @throws UserError if the disk refuses
   */
  public void write(Path file, byte[] content) {
    try {
      disk.write(file, content);
    } catch (IOException failure) {
      throw DiskErrors.error(file, failure);
    }
  }

  /**
   * Completes a checkpoint.
   *
   * @param aside what {@link #begin} returned, with all files written
   * @param state what to store beside the files
   * @throws UserError if the disk refuses; the checkpoints before it are then still there
   */
  public Checkpoint commit(Path aside, ObjectNode state) {
    long step = step(aside.getFileName().toString().replaceAll("^\\.|\\.partial$", ""));
    Path target = root.resolve(PREFIX + step);
    try {
      killBeforeIndex(aside);
      for (Path file : CheckpointManifest.files(aside)) {
        disk.sync(file);
      }
      KillPoint.reached("checkpoint.before-manifest");
      writeManifest(aside, step, state);
      KillPoint.reached("checkpoint.after-manifest");
      for (Path directory : CheckpointManifest.directories(aside)) {
        disk.sync(directory);
      }
      if (Files.exists(target)) {
        Path old = root.resolve("." + PREFIX + step + OLD);
        disk.delete(old);
        disk.move(target, old);
      }
      disk.move(aside, target);
      disk.sync(root);
      damaged.remove(target);
      KillPoint.reached("checkpoint.after-rename");
      prune(step);
      KillPoint.reached("checkpoint.pruned");
    } catch (IOException failure) {
      throw DiskErrors.error(target, failure);
    }
    return new Checkpoint(step, target, state);
  }

  /** Whether there is no complete checkpoint. */
  public boolean isEmpty() {
    return complete().isEmpty();
  }

  /**
   * The newest checkpoint that is intact, empty if none was ever completed.
   *
   * @throws UserError naming the file if there are checkpoints but none is intact
   */
  public Optional<Checkpoint> latest() {
    return latest(checkpoint -> true, "is not wanted");
  }

  /**
   * The newest checkpoint that is intact and acceptable. Damaged ones are reported and skipped.
   *
   * @param acceptable whether the caller can go on from it, for example because the journal is long
   *     enough
   * @param otherwise what one is that the caller cannot go on from, as the end of a sentence
   * @throws UserError naming the file if there are checkpoints but none is intact and acceptable
   */
  public Optional<Checkpoint> latest(Predicate<Checkpoint> acceptable, String otherwise) {
    List<String> problems = new ArrayList<>();
    Optional<Checkpoint> found = find(acceptable, otherwise, problems);
    if (found.isEmpty() && !problems.isEmpty()) {
      throw new UserError(
          UserError.Kind.RUN,
          problems.get(0)
              + "; none of the "
              + problems.size()
              + (problems.get(0).endsWith(otherwise)
                  ? " checkpoints can be resumed from: restore what is damaged"
                  : " checkpoints is intact: restore one")
              + " from a copy or start a new run");
    }
    return found;
  }

  /**
   * The newest checkpoint that is intact and acceptable, for a caller that can begin anew where
   * there is none. Damaged ones are reported and skipped.
   *
   * @param acceptable whether the caller can go on from it
   * @param otherwise what one is that the caller cannot go on from, as the end of a sentence
   */
  public Optional<Checkpoint> latestIfAny(Predicate<Checkpoint> acceptable, String otherwise) {
    return find(acceptable, otherwise, new ArrayList<>());
  }

  private Optional<Checkpoint> find(
      Predicate<Checkpoint> acceptable, String otherwise, List<String> problems) {
    putBack();
    for (Path directory : complete()) {
      String problem;
      try {
        Checkpoint checkpoint =
            CheckpointManifest.verify(directory, step(directory.getFileName().toString()));
        if (acceptable.test(checkpoint)) {
          if (problems.isEmpty()) {
            tidy(checkpoint.step());
          }
          return Optional.of(checkpoint);
        }
        problem = directory + ": " + otherwise;
      } catch (CheckpointManifest.Damaged found) {
        problem = found.getMessage() == null ? directory.toString() : found.getMessage();
      }
      if (damaged.add(directory)) {
        warnings.accept(problem + "; falling back to the checkpoint before it");
      }
      problems.add(problem);
    }
    return Optional.empty();
  }

  /** Deletes old checkpoints that remain because the disk failed after the newest was complete. */
  private void tidy(long newest) {
    try {
      prune(newest);
    } catch (IOException failure) {
      throw DiskErrors.error(root, failure);
    }
  }

  /** A kill while a checkpoint was replaced by one of the same step leaves the former aside. */
  private void putBack() {
    try {
      for (Path old : list(name -> name.matches("\\." + PREFIX + "\\d{1,18}\\" + OLD))) {
        String name = old.getFileName().toString();
        Path target = root.resolve(name.substring(1, name.length() - OLD.length()));
        if (!Files.exists(target)) {
          disk.move(old, target);
        }
      }
    } catch (IOException failure) {
      throw DiskErrors.error(root, failure);
    }
  }

  /**
   * TensorFlow renames its data before its index, out of reach of Java: the same is put on here.
   */
  private void killBeforeIndex(Path aside) throws IOException {
    if (KillPoint.isArmed("checkpoint.before-index")) {
      Path later = aside.resolveSibling(aside.getFileName() + ".index");
      for (Path index : CheckpointManifest.files(aside)) {
        if (index.toString().endsWith(".index")) {
          disk.move(index, later);
          KillPoint.reached("checkpoint.before-index");
          disk.move(later, index);
        }
      }
    }
  }

  private void writeManifest(Path aside, long step, ObjectNode state) throws IOException {
    byte[] line = CheckpointManifest.line(aside, step, state);
    try (Disk.Output output = disk.append(aside.resolve(CheckpointManifest.NAME))) {
      if (KillPoint.isArmed("checkpoint.amid-manifest")) {
        output.write(Arrays.copyOf(line, line.length / 2));
        KillPoint.reached("checkpoint.amid-manifest");
        output.write(Arrays.copyOfRange(line, line.length / 2, line.length));
      } else {
        output.write(line);
      }
      output.sync();
    }
  }

  /**
   * Deletes what is older than the newest {@code keep}, what is known to be damaged, and what is
   * ahead of the step just committed, which a resume from an earlier checkpoint has abandoned.
   */
  private void prune(long newest) throws IOException {
    int kept = 0;
    for (Path directory : complete()) {
      boolean ahead = step(directory.getFileName().toString()) > newest;
      if (ahead || damaged.contains(directory) || kept == keep) {
        disk.delete(directory);
        damaged.remove(directory);
      } else {
        kept++;
      }
    }
    for (Path leftover : list(name -> name.endsWith(OLD))) {
      disk.delete(leftover);
    }
  }

  /** Directories with a number, newest first. */
  private List<Path> complete() {
    try {
      List<Path> found = new ArrayList<>(list(name -> name.matches(PREFIX + "\\d{1,18}")));
      found.sort(
          Comparator.comparingLong((Path path) -> step(path.getFileName().toString())).reversed());
      return found;
    } catch (IOException failure) {
      throw DiskErrors.error(root, failure);
    }
  }

  private List<Path> list(Predicate<String> wanted) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(path -> wanted.test(path.getFileName().toString())).toList();
    }
  }

  private static long step(String name) {
    return Long.parseLong(name.substring(PREFIX.length()));
  }
}
