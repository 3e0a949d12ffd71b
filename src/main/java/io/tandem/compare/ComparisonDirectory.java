package io.tandem.compare;

import io.tandem.disk.AtomicFile;
import io.tandem.disk.Disk;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.Json;
import io.tandem.disk.KillPoint;
import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.UserError;
import io.tandem.report.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The directory of a comparison: its manifest, the configuration of each arm, a run for each cell,
 * and the outcome. Which cells are done is told by their runs alone.
 *
 * @param path the directory
 * @param manifest what was fixed when it began
 */
public record ComparisonDirectory(Path path, ComparisonManifest manifest) {
  private static final String MANIFEST = "compare.json";
  private static final String ARMS = "arms";
  private static final String RUNS = "runs";

  /**
   * Makes the directory of a new comparison; it appears with its manifest and configurations or not
   * at all.
   *
   * @param disk where to
   * @param path the directory: absent or empty; missing parents are created
   * @param manifest what is fixed
   * @param configs the effective configuration of each arm as text
   * @throws UserError if the path is taken or cannot be written
   */
  public static ComparisonDirectory create(
      Disk disk, Path path, ComparisonManifest manifest, List<String> configs) {
    Path parent = requireFree(path);
    Path target = path.toAbsolutePath().normalize();
    String aside = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".partial";
    ComparisonDirectory partial = new ComparisonDirectory(parent.resolve(aside), manifest);
    try {
      disk.createDirectories(parent);
      disk.delete(partial.path());
      disk.createDirectories(partial.path().resolve(ARMS));
      disk.createDirectories(partial.runs());
      for (int index = 0; index < configs.size(); index++) {
        AtomicFile.write(disk, partial.config(manifest.arms().get(index)), configs.get(index));
      }
      AtomicFile.write(disk, partial.path().resolve(MANIFEST), Json.pretty(manifest.toJson()));
      disk.move(partial.path(), target);
      disk.sync(parent);
    } catch (IOException failure) {
      throw DiskErrors.error(path, failure);
    }
    KillPoint.reached("compare.created");
    return new ComparisonDirectory(path, manifest);
  }

  /**
   * Refuses a directory that no new comparison can have.
   *
   * @param path the directory
   * @return the directory that it would be in, absolute
   * @throws UserError if the path is taken or is a root
   */
  public static Path requireFree(Path path) {
    if (isComparison(path)) {
      throw new UserError(
          UserError.Kind.USAGE,
          path
              + ": holds a comparison already; name another directory, or resume it with: "
              + resume(path));
    }
    return RunDirectory.requireFree(path);
  }

  /**
   * Opens the directory of an existing comparison. Changes nothing.
   *
   * @param path the directory
   * @throws UserError if it is absent or not a comparison
   */
  public static ComparisonDirectory open(Path path) {
    if (!isComparison(path)) {
      throw new UserError(
          UserError.Kind.RUN,
          path
              + (Files.isDirectory(path)
                  ? ": is not a comparison, it has no " + MANIFEST
                  : ": no such directory")
              + "; name the directory that "
              + NextCommand.of("compare")
              + " made");
    }
    return new ComparisonDirectory(
        path,
        ComparisonManifest.parse(text(path.resolve(MANIFEST)))
            .orElseThrow(
                () ->
                    new UserError(
                        UserError.Kind.RUN,
                        path.resolve(MANIFEST)
                            + ": is damaged; restore it from a copy or start a new comparison")));
  }

  private static boolean isComparison(Path path) {
    return Files.isRegularFile(path.resolve(MANIFEST));
  }

  /** The command that resumes the comparison. */
  public String resume() {
    return resume(path);
  }

  private static String resume(Path path) {
    return NextCommand.of("compare", "--resume", path.toString());
  }

  /** The effective configuration of an arm, with the first seed. */
  public Path config(Arm arm) {
    return path.resolve(ARMS).resolve(arm.name() + ".pbtxt");
  }

  /**
   * The text of that.
   *
   * @throws UserError if it cannot be read
   */
  public String configText(Arm arm) {
    try {
      return Files.readString(config(arm));
    } catch (IOException failure) {
      throw DiskErrors.error(config(arm), failure);
    }
  }

  /** Holds a run for each cell. */
  public Path runs() {
    return path.resolve(RUNS);
  }

  /** The run of a cell. */
  public Path run(Cell cell) {
    return runs().resolve(cell.run());
  }

  /** The processor time of a cell. */
  public Path processorTime(Cell cell) {
    return run(cell).resolve("processor.json");
  }

  /** Says why a cell has no result and never will have one. */
  private Path lost(Cell cell) {
    return run(cell).resolve("lost.json");
  }

  /** One row per cell. */
  public Path table() {
    return path.resolve("results.csv");
  }

  /** The outcome. */
  public Path outcome() {
    return path.resolve("comparison.json");
  }

  /** One dot per cell. */
  public Path picture() {
    return path.resolve("comparison.svg");
  }

  /**
   * Marks a cell as one that has no result, however often it is run.
   *
   * @param disk where to
   * @param cell whose networks diverged
   * @param why one line
   * @throws UserError if the disk refuses
   */
  public void lose(Disk disk, Cell cell, String why) {
    AtomicFile.write(disk, lost(cell), Json.pretty(Json.object().put("reason", why)));
  }

  /**
   * The result of a cell; empty if it is not finished.
   *
   * @param cell which
   * @throws UserError if its result is damaged
   */
  Optional<CellResult> result(Cell cell) {
    double processor = ProcessorTime.read(processorTime(cell));
    if (Files.exists(lost(cell))) {
      String why =
          Json.parse(text(lost(cell))).map(object -> object.path("reason").asText()).orElse("lost");
      return Optional.of(CellResult.lost(cell, manifest.goal(), processor, why));
    }
    return Results.read(run(cell).resolve("result.json"))
        .map(
            results ->
                new CellResult(
                    cell,
                    results.goal(),
                    results.test(),
                    results.testLoss(),
                    results.validation(),
                    results.validationLoss(),
                    results.budgetExamples(),
                    results.budgetSeconds(),
                    processor,
                    Optional.empty()));
  }

  /** Whether a cell is finished. */
  public boolean isDone(Cell cell) {
    return result(cell).isPresent();
  }

  /** The cells that are not done. */
  public List<Cell> open() {
    return manifest.cells().stream().filter(cell -> !isDone(cell)).toList();
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return "";
    }
  }
}
