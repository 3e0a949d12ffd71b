package io.tandem.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.DiskErrors;
import io.tandem.disk.Json;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.UserError;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.report.journal.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at runs, live, crashed and copied ones alike. Changes nothing, resumes nothing and never
 * loads TensorFlow.
 */
public final class RunReader {
  private final InstantSource clock;

  /**
   * Makes a reader.
   *
   * @param clock tells how old a run is
   */
  public RunReader(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The runs below a directory.
   *
   * @param runs the readable ones, oldest first
   * @param problems one line for each that cannot be read, or not to its end
   */
  public record Listing(List<RunSummary> runs, List<String> problems) {
    /** Copies the lists. */
    public Listing {
      runs = List.copyOf(runs);
      problems = List.copyOf(problems);
    }
  }

  /**
   * A run in full.
   *
   * @param summary at a glance
   * @param result the outcome, if it is a search and has finished
   * @param tuned the outcome, if it is a tuning and has finished
   * @param versions the exported versions of its model, oldest first
   * @param entries the intact lines of its journal
   * @param damage one line about the others; empty if all are intact
   */
  public record Details(
      RunSummary summary,
      Optional<Results> result,
      Optional<TuneResults> tuned,
      List<Path> versions,
      List<JournalEntry> entries,
      Optional<String> damage) {
    /** Copies the lists. */
    public Details {
      versions = List.copyOf(versions);
      entries = List.copyOf(entries);
    }

    /** Every candidate that was scored, in the order of the journal. */
    public List<JournalEntry.Tried> candidates() {
      return entries.stream()
          .filter(JournalEntry.Tried.class::isInstance)
          .map(JournalEntry.Tried.class::cast)
          .toList();
    }

    /** Every outer step, in order. */
    public List<JournalEntry.Step> steps() {
      return entries.stream()
          .filter(JournalEntry.Step.class::isInstance)
          .map(JournalEntry.Step.class::cast)
          .toList();
    }

    /** What a limit in seconds left out, in words. */
    public List<String> limits() {
      return entries.stream()
          .filter(JournalEntry.Event.class::isInstance)
          .map(JournalEntry.Event.class::cast)
          .filter(event -> event.name().equals(TimeLimit.EVENT))
          .map(JournalEntry.Event::text)
          .toList();
    }

    /** Every training of a tuning, in order. */
    public List<JournalEntry.Tuned> trainings() {
      return entries.stream()
          .filter(JournalEntry.Tuned.class::isInstance)
          .map(JournalEntry.Tuned.class::cast)
          .toList();
    }

    /** Summary, outcome and candidates, or trainings of a tuning, as one object. */
    public ObjectNode toJson() {
      ObjectNode object = Json.object();
      object.set("run", summary.toJson());
      var models = object.putArray("models");
      versions.forEach(version -> models.add(version.toString()));
      result.ifPresent(outcome -> object.set("result", outcome.toJson()));
      if (summary.manifest().isTuning()) {
        tuned.ifPresent(outcome -> object.set("result", outcome.toJson()));
        var steps = object.putArray("trainings");
        trainings().forEach(training -> steps.add(training.toJson().without("kind")));
        return object;
      }
      var list = object.putArray("candidates");
      candidates().forEach(candidate -> list.add(candidate.toJson().without("kind")));
      return object;
    }
  }

  /**
   * Looks at every run directly below a directory, and at the directory itself if it is a run.
   *
   * @param root the directory
   * @throws UserError if it cannot be read
   */
  public Listing list(Path root) {
    if (!Files.isDirectory(root)) {
      throw new UserError(
          UserError.Kind.RUN, root + ": no such directory; give the directory that holds the runs");
    }
    List<RunSummary> runs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path directory : runDirectories(root)) {
      try {
        Details details = read(directory);
        runs.add(details.summary());
        details.damage().ifPresent(problems::add);
      } catch (UserError damaged) {
        problems.add(damaged.getMessage() == null ? directory.toString() : damaged.getMessage());
      }
    }
    runs.sort(
        Comparator.comparing((RunSummary run) -> run.manifest().started())
            .thenComparing(RunSummary::path));
    return new Listing(runs, problems);
  }

  /**
   * Looks at one run.
   *
   * @param path its directory
   * @throws UserError if it is not a run or cannot be read
   */
  public Details read(Path path) {
    RunDirectory run = RunDirectory.open(path);
    JournalReader.Content journal = JournalReader.read(run.journal());
    RunSummary summary = RunSummary.of(run, status(run), journal, clock.instant());
    boolean tuning = run.manifest().isTuning();
    return new Details(
        summary,
        tuning ? Optional.empty() : Results.read(run.result()),
        tuning ? TuneResults.read(run.result()) : Optional.empty(),
        versions(run),
        journal.entries(),
        journal.damage(run.journal()));
  }

  private static List<Path> versions(RunDirectory run) {
    try {
      return ModelVersions.in(run.model()).stream()
          .map(version -> run.model().resolve(version.toString()))
          .toList();
    } catch (IOException failure) {
      throw DiskErrors.error(run.model(), failure);
    }
  }

  private static RunSummary.Status status(RunDirectory run) {
    if (RunLock.isHeld(run.path())) {
      return RunSummary.Status.RUNNING;
    }
    if (Files.exists(run.result())) {
      return RunSummary.Status.FINISHED;
    }
    return RunLock.wasAbandoned(run.path())
        ? RunSummary.Status.CRASHED
        : RunSummary.Status.INTERRUPTED;
  }

  private static List<Path> runDirectories(Path root) {
    try (Stream<Path> entries = Files.list(root)) {
      return Stream.concat(Stream.of(root), entries.sorted())
          .filter(path -> !String.valueOf(path.getFileName()).startsWith(".") || path.equals(root))
          .filter(RunDirectory::isRun)
          .toList();
    } catch (IOException failure) {
      throw DiskErrors.error(root, failure);
    }
  }
}
