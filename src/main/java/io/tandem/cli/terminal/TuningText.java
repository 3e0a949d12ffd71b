package io.tandem.cli.terminal;

import io.tandem.cli.terminal.FittedTable.Column;
import io.tandem.report.RunReader;
import io.tandem.report.Significant;
import io.tandem.report.TuneResults;
import io.tandem.report.journal.JournalEntry.Tuned;
import io.tandem.space.Goal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A tuning for people: what was found, and every training. */
public final class TuningText {
  private static final List<String> COLUMNS =
      List.of(
          "step",
          "outerLoss",
          "trainingLoss",
          "accuracy",
          "norm",
          "directNorm",
          "responseNorm",
          "cosine",
          "turn",
          "stepSize",
          "examples",
          "seconds");

  private TuningText() {}

  private static List<Column> shown(Goal goal) {
    return List.of(
        Column.words(" ", 0),
        Column.number("step", 0),
        Column.number("outerLoss", 0),
        Column.number("trainingLoss", 0),
        Column.number(goal.text(), 0),
        Column.number("norm", 0),
        Column.number("directNorm", 5),
        Column.number("responseNorm", 4),
        Column.number("cosine", 6),
        Column.number("turn", 1),
        Column.number("stepSize", 0),
        Column.number("examples", 3),
        Column.number("seconds", 2));
  }

  /** The trainings of a tuning as rows of all columns. */
  public static Table table(RunReader.Details details) {
    return new Table(COLUMNS, details.trainings().stream().map(Tuned::toJson).toList());
  }

  /**
   * Outcome and trainings for people.
   *
   * @param details of the run
   * @param top how many trainings
   * @param width of a line of the table, characters
   */
  static String of(RunReader.Details details, TopOption top, int width) {
    StringBuilder text = new StringBuilder();
    details.tuned().ifPresent(result -> outcome(text, result));
    List<Tuned> sorted =
        details.trainings().stream()
            .sorted(Comparator.comparingDouble(TuningText::finite))
            .toList();
    text.append("\ntrainings: ").append(sorted.size());
    if (sorted.isEmpty()) {
      return text.append('\n').toString();
    }
    Optional<TuneResults> result = details.tuned();
    text.append(", by outer loss").append(result.isPresent() ? "; * is the best" : "");
    FittedTable table =
        new FittedTable(
            shown(details.summary().manifest().goal()),
            sorted.stream().limit(top.of(sorted.size())).map(each -> row(each, result)).toList());
    text.append('\n').append(table.text(width));
    int more = sorted.size() - table.rows().size();
    return text.append(CandidateTable.rest(more, table.leavesOut(width))).toString();
  }

  private static double finite(Tuned training) {
    return Double.isFinite(training.outerLoss()) ? training.outerLoss() : Double.POSITIVE_INFINITY;
  }

  private static List<String> row(Tuned training, Optional<TuneResults> result) {
    boolean best = result.filter(outcome -> outcome.bestStep() == training.step()).isPresent();
    return List.of(
        best ? "*" : "",
        String.valueOf(training.step()),
        Significant.text(training.outerLoss()),
        Significant.text(training.trainingLoss()),
        Significant.text(training.accuracy()),
        Significant.text(training.norm()),
        Significant.text(training.directNorm()),
        Significant.text(training.responseNorm()),
        Significant.text(training.cosine()),
        Significant.text(training.turn()),
        Significant.text(training.stepSize()),
        String.valueOf(training.examples()),
        Significant.text(training.seconds()));
  }

  /** Adds what a tuning found to a text. */
  public static void outcome(StringBuilder text, TuneResults result) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-12s %.6g before, %.6g after step %d of %d%n",
            result.outer() + " loss",
            result.lossBefore(),
            result.lossAfter(),
            result.bestStep(),
            result.steps()));
    result
        .hyperparameters()
        .properties()
        .forEach(
            entry ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %-15s %-10s %.4g -> %.4g..%.4g, mean %.4g%n",
                        entry.getKey(),
                        entry.getValue().path("granularity").asText(),
                        entry.getValue().path("initial").asDouble(),
                        entry.getValue().path("min").asDouble(),
                        entry.getValue().path("max").asDouble(),
                        entry.getValue().path("mean").asDouble())));
  }
}
