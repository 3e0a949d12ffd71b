package io.tandem.wiring;

import io.tandem.compare.Cell;
import io.tandem.compare.ComparisonDirectory;
import io.tandem.compare.ComparisonFiles;
import io.tandem.compare.ProcessorTime;
import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.disk.Disk;
import io.tandem.disk.KillPoint;
import io.tandem.disk.Progress;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.UserError;
import io.tandem.run.NewRun;
import io.tandem.run.compare.SeedBlocks;
import io.tandem.run.task.ExperimentData;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The cells of a comparison, run one after another as a search is. Called again on the directory of
 * an interrupted comparison, it does what is left.
 *
 * @param directory the comparison
 * @param places where its data are now, each {@code path=value}; none if they are where they were
 * @param disk where to
 * @param clock tells the time
 */
public record ComparisonPipeline(
    ComparisonDirectory directory, List<String> places, Disk disk, InstantSource clock) {
  /** Copies the list. */
  public ComparisonPipeline {
    places = List.copyOf(places);
  }

  /**
   * Runs the cells that are not done, and writes the outcome.
   *
   * @param progress shows people how far it is
   * @param interrupted asked between steps whether to stop
   * @return whether all cells are done
   * @throws UserError if a cell fails otherwise than by divergence
   */
  public boolean run(Progress progress, BooleanSupplier interrupted) {
    List<Cell> cells = directory.manifest().cells();
    RunLock lock = RunLock.acquire(disk, directory.path());
    try (lock) {
      for (Cell cell : directory.open()) {
        progress.message("cell " + cell.number() + " of " + cells.size() + ": " + cell.text());
        if (!run(cell, progress, interrupted)) {
          return false;
        }
        ComparisonFiles.writeTable(disk, directory);
        KillPoint.reached("compare.cell");
      }
      ComparisonFiles.writeTable(disk, directory);
      ComparisonFiles.writeOutcome(disk, directory);
    }
    return true;
  }

  /** Runs or resumes a cell, and returns whether it is finished. */
  private boolean run(Cell cell, Progress progress, BooleanSupplier interrupted) {
    Instant begin = clock.instant();
    RunDirectory run;
    EffectiveConfig config;
    if (RunDirectory.isRun(directory.run(cell))) {
      run = RunDirectory.open(directory.run(cell));
      run.requireSameConfig(EffectiveConfig.hash(run.configText()));
      config = ConfigLoader.restore(run.configText(), run.config().toString(), run::now, places);
    } else {
      config = config(cell);
      run = newRun(begin).create(disk, directory.run(cell), config);
    }
    ProcessorTime time = new ProcessorTime(disk, directory.processorTime(cell));
    boolean done = finish(cell, run, config, time, progress, interrupted, begin);
    time.write();
    return done;
  }

  private boolean finish(
      Cell cell,
      RunDirectory run,
      EffectiveConfig config,
      ProcessorTime time,
      Progress progress,
      BooleanSupplier interrupted,
      Instant begin) {
    BooleanSupplier counted =
        () -> {
          time.keep();
          return interrupted.getAsBoolean();
        };
    try {
      return Injectors.pipeline(config.experiment())
          .run(run, () -> ExperimentData.load(config.experiment()), progress, counted, begin)
          .isPresent();
    } catch (UserError failure) {
      if (failure.kind() != UserError.Kind.DIVERGED) {
        throw failure;
      }
      String why = String.valueOf(failure.getMessage());
      directory.lose(disk, cell, why);
      progress.message("lost: " + cell.text() + ": " + why);
      return true;
    }
  }

  private NewRun newRun(Instant begin) {
    return new NewRun(directory.manifest().command(), begin, directory.manifest().version());
  }

  private EffectiveConfig config(Cell cell) {
    int index = directory.manifest().arms().indexOf(cell.arm());
    String text = directory.configText(cell.arm());
    if (!EffectiveConfig.hash(text).equals(directory.manifest().configHashes().get(index))) {
      throw new UserError(
          UserError.Kind.USAGE,
          directory.config(cell.arm())
              + ": was altered since the comparison began; put it back or start a new comparison");
    }
    return new SeedBlocks(directory.manifest().offsetPerSeed())
        .config(text, directory.config(cell.arm()).toString(), cell, places);
  }
}
