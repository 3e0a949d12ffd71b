package io.tandem.cli.terminal;

import io.tandem.report.ModelFigures;
import io.tandem.report.Results;
import io.tandem.report.RunReader;
import io.tandem.report.RunSummary;
import io.tandem.report.Significant;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A run for people: what it is, its winner, and the best of what it scored. */
public final class RunText {
  private static final int INDENT = 13;

  private final StringBuilder text = new StringBuilder();
  private final int width;

  private RunText(int width) {
    this.width = width;
  }

  /**
   * Writes a run down.
   *
   * @param details of the run
   * @param top how many candidates or trainings
   * @param width of a line, characters; only words that are longer make it longer
   */
  public static String of(RunReader.Details details, TopOption top, int width) {
    RunText run = new RunText(width);
    run.head(details);
    details.limits().forEach(text -> run.field("left out", text));
    run.versions(details);
    details.result().ifPresent(run::winner);
    if (details.summary().manifest().isTuning()) {
      return run.text.append(TuningText.of(details, top, width)).toString();
    }
    return run.text.append('\n').append(CandidateTable.of(details).text(top, width)).toString();
  }

  private void head(RunReader.Details details) {
    RunSummary summary = details.summary();
    field("run", summary.path());
    field("name", summary.manifest().name());
    field("status", summary.status().text() + ", " + summary.phase());
    field("strategy", summary.manifest().strategy());
    field("data", summary.manifest().data().orElse("-"));
    field("seed", summary.manifest().seed());
    field("began", summary.manifest().started());
    field("command", summary.manifest().command());
    field("version", summary.manifest().version());
    // As long as there is no winner, there is none to have a figure.
    field("validation", figure(summary, summary.ofWinner()));
    String model =
        details.versions().size() > 1 ? details.result().map(Results::model).orElse("") : "";
    field("test", figure(summary, summary.test()) + (model.isEmpty() ? "" : ", of " + model));
    String spent = duration(Duration.ofSeconds((long) summary.seconds()));
    field("spent", String.format(Locale.ROOT, "%,d examples, %s", summary.examples(), spent));
    summary.resume().ifPresent(command -> field("resume", command));
  }

  private void versions(RunReader.Details details) {
    List<Path> versions = details.versions();
    if (!versions.isEmpty()) {
      field("model", version(details, String.valueOf(versions.get(versions.size() - 1)), 1));
      for (int back = 2; back <= versions.size(); back++) {
        Path earlier = versions.get(versions.size() - back);
        field(
            "", "earlier version " + version(details, String.valueOf(earlier.getFileName()), back));
      }
    }
  }

  /** A version with its own figure where there are several. */
  private static String version(RunReader.Details details, String name, int back) {
    List<Path> versions = details.versions();
    RunSummary summary = details.summary();
    OptionalDouble test =
        ModelFigures.test(versions.get(versions.size() - back), summary.manifest().goal());
    return versions.size() == 1 || test.isEmpty()
        ? name
        : name + " (test " + figure(summary, test.getAsDouble()) + ")";
  }

  private void winner(Results result) {
    text.append("\nwinner\n").append(result.winner().architecture().text().indent(2));
    field("  trained by", optimizer(result.winner().optimizer()));
    result.refinement().ifPresent(refined -> text.append('\n').append(refined.text()));
    result.certificate().ifPresent(found -> text.append('\n').append(found.text()));
  }

  private static String optimizer(OptimizerSettings optimizer) {
    StringBuilder line =
        new StringBuilder(optimizer.family().name() + ", " + optimizer.schedule().name());
    for (Hyperparameter each : optimizer.told()) {
      line.append(", ").append(each.key()).append(' ');
      line.append(Significant.text(optimizer.get(each)));
    }
    optimizer.epsilon().ifPresent(own -> line.append(", epsilon ").append(Significant.text(own)));
    optimizer.batch().ifPresent(own -> line.append(", batch ").append(own));
    return line.toString().toLowerCase(Locale.ROOT);
  }

  private void field(String name, Object value) {
    text.append(String.format(Locale.ROOT, "%-12s ", name));
    text.append(Paragraph.broken(value.toString(), INDENT, INDENT, width)).append('\n');
  }

  private static String figure(RunSummary summary, double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return switch (summary.manifest().goal()) {
      case ACCURACY -> String.format(Locale.ROOT, "%.2f %%", 100 * value);
      case R2 -> "R2 " + Significant.figure(value);
      case PERPLEXITY -> String.format(Locale.ROOT, "perplexity %.2f", value);
    };
  }

  /** The two largest units, for example {@code 3h 20m}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
    }
    return seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
  }
}
