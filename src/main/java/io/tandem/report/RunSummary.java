package io.tandem.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.space.Goal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run at a glance.
 *
 * @param path its directory
 * @param manifest what was fixed when it began
 * @param status what has become of it
 * @param phase what it does or did last: {@code start}, {@code search}, {@code derive}, {@code
 *     refine}, {@code retrain}, {@code tune}, {@code export}, {@code done} or the phase of its last
 *     candidate
 * @param best figure of the run's goal on the validation part: of the finished run's winner, else
 *     the best of a candidate or step so far; NaN if there is none
 * @param test the same on the test part, of the finished run; NaN before
 * @param examples training examples seen
 * @param seconds spent, over all sessions
 * @param age since it began
 */
public record RunSummary(
    Path path,
    RunManifest manifest,
    Status status,
    String phase,
    double best,
    double test,
    long examples,
    double seconds,
    Duration age) {

  /** What has become of a run. */
  public enum Status {
    /** A process is writing to it now. */
    RUNNING,
    /** It has a result. */
    FINISHED,
    /** It stopped in order without a result and can be resumed. */
    INTERRUPTED,
    /** Its process died and it can be resumed. */
    CRASHED;

    /** In lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The best figure, once it is that of a winner; NaN before. */
  public double ofWinner() {
    boolean found =
        status == Status.FINISHED
            || manifest.isTuning()
            || List.of("refine", "retrain", "export").contains(phase);
    return found ? best : Double.NaN;
  }

  /** The command that resumes it; empty if it is running or finished. */
  public Optional<String> resume() {
    return status == Status.INTERRUPTED || status == Status.CRASHED
        ? Optional.of(NextCommand.resume(path, manifest))
        : Optional.empty();
  }

  /** One value per column of the list of runs. */
  public ObjectNode toJson() {
    ObjectNode object =
        Json.object()
            .put("run", String.valueOf(path.getFileName()))
            .put("name", manifest.name())
            .put("strategy", manifest.strategy())
            .put("status", status.text())
            .put("phase", phase)
            .put("validation." + manifest.goal().text(), best)
            .put("test." + manifest.goal().text(), test)
            .put("budget.examples", examples)
            .put("budget.seconds", seconds)
            .put("seed", manifest.seed())
            .put("age.seconds", age.toSeconds());
    manifest.data().ifPresent(source -> object.put("data", source));
    return object;
  }

  static RunSummary of(
      RunDirectory run, Status status, JournalReader.Content journal, Instant now) {
    if (run.manifest().isTuning()) {
      return ofTuning(run, status, journal, now);
    }
    Optional<Results> result = Results.read(run.result());
    Tally tally = new Tally("refine", run.manifest().goal());
    journal.entries().forEach(tally::add);
    return new RunSummary(
        run.path(),
        run.manifest(),
        status,
        result.isPresent() ? "done" : tally.phase,
        result.map(Results::validation).orElse(tally.best),
        result.map(Results::test).orElse(Double.NaN),
        result.map(Results::budgetExamples).orElse(tally.examples),
        result.map(Results::budgetSeconds).orElse(tally.seconds),
        age(run, now));
  }

  private static RunSummary ofTuning(
      RunDirectory run, Status status, JournalReader.Content journal, Instant now) {
    Optional<TuneResults> result = TuneResults.read(run.result());
    Tally tally = new Tally("tune", run.manifest().goal());
    journal.entries().forEach(tally::add);
    return new RunSummary(
        run.path(),
        run.manifest(),
        status,
        result.isPresent() ? "done" : tally.phase,
        result.map(TuneResults::validationScore).orElse(tally.best),
        result.map(TuneResults::testScore).orElse(Double.NaN),
        result.map(TuneResults::budgetExamples).orElse(tally.examples),
        result.map(TuneResults::budgetSeconds).orElse(tally.seconds),
        age(run, now));
  }

  /** What the journal says so far. */
  private static final class Tally {
    private final String tuning;
    private final Goal goal;
    private String phase = "start";
    private double best = Double.NaN;
    private long examples;
    private double seconds;

    /** Takes the phase that trainings of a tuning belong to. */
    private Tally(String tuning, Goal goal) {
      this.tuning = tuning;
      this.goal = goal;
    }

    private void add(JournalEntry entry) {
      if (entry instanceof JournalEntry.Step step) {
        double figure = goal.figure(step.validationLossAfter(), step.accuracy());
        count("search", figure, step.examples(), step.seconds());
      } else if (entry instanceof JournalEntry.Tried tried) {
        double figure = goal.figure(tried.validationLoss(), tried.validationAccuracy());
        count(tried.phase(), figure, tried.examples(), tried.seconds());
      } else if (entry instanceof JournalEntry.Tuned tuned) {
        count(tuning, tuned.accuracy(), tuned.examples(), tuned.seconds());
      } else if (entry instanceof JournalEntry.Retrain epoch) {
        double figure = goal.figure(epoch.validationLoss(), epoch.validationAccuracy());
        count("retrain", figure, epoch.examples(), epoch.seconds());
      } else if (entry instanceof JournalEntry.Event event && event.name().equals("test")) {
        phase = "export";
      }
    }

    private void count(String newPhase, double figure, long newExamples, double newSeconds) {
      phase = newPhase;
      if (Double.isFinite(figure) && (Double.isNaN(best) || goal.isBetter(figure, best))) {
        best = figure;
      }
      examples = Math.max(examples, newExamples);
      if (newSeconds > seconds) {
        seconds = newSeconds;
      }
    }
  }

  /** The clock may have been set back since the run began. */
  private static Duration age(RunDirectory run, Instant now) {
    Duration age = Duration.between(run.manifest().started(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
