package io.tandem.cli.terminal;

import io.tandem.cli.terminal.FittedTable.Column;
import io.tandem.cli.terminal.FittedTable.Cut;
import io.tandem.cli.terminal.FittedTable.Side;
import io.tandem.metric.Metric;
import io.tandem.report.Results;
import io.tandem.report.RunReader;
import io.tandem.report.Significant;
import io.tandem.report.journal.JournalEntry.Tried;
import io.tandem.space.Goal;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The candidates of a search for people: the best by validation loss, those that diverged last.
 *
 * @param candidates in the order of the journal
 * @param result the outcome, if there is one
 * @param goal of the networks
 * @param metric by which they were ranked; empty for the loss
 */
record CandidateTable(
    List<Tried> candidates, Optional<Results> result, Goal goal, Optional<Metric> metric) {
  private static final int LEAST_OF_ARCHITECTURE = 30;

  static CandidateTable of(RunReader.Details details) {
    return new CandidateTable(
        details.candidates(),
        details.result(),
        details.summary().manifest().goal(),
        details.summary().manifest().metric().flatMap(Metric::named));
  }

  /**
   * The table, with a line before it that says what it holds and one after it that says how to see
   * the rest.
   *
   * @param top how many candidates; the winner comes in addition where it is not one of them
   * @param width of a line, characters
   */
  String text(TopOption top, int width) {
    StringBuilder text = new StringBuilder("candidates: ").append(candidates.size());
    if (candidates.isEmpty()) {
      return text.append('\n').toString();
    }
    Optional<Tried> winner = winner();
    List<Tried> shown = shown(top, winner);
    text.append(", by ");
    text.append(
        metric
            .map(one -> "validation " + one.text())
            .orElse(goal == Goal.ACCURACY ? "calibrated validation loss" : "validation loss"));
    text.append(winner.isPresent() ? "; * is the winner" + chosen() : "").append('\n');
    if (candidates.stream().anyMatch(tried -> tried.phase().equals("derive"))) {
      text.append("derive: scored with shared weights; others: trained from scratch\n");
    }
    FittedTable table =
        new FittedTable(columns(), shown.stream().map(tried -> row(tried, winner)).toList());
    text.append(table.text(width));
    return text.append(rest(candidates.size() - shown.size(), table.leavesOut(width))).toString();
  }

  /** By what the winner was chosen, where that is not the order of the rows. */
  private String chosen() {
    boolean halving = candidates.stream().anyMatch(tried -> tried.phase().startsWith("rung "));
    return halving ? ", of those trained longest" : "";
  }

  /** The line after a table that does not hold everything. */
  static String rest(int rows, boolean columns) {
    List<String> hints = new ArrayList<>();
    if (rows > 0) {
      hints.add(String.format(Locale.ROOT, "%,d more: --top all", rows));
    }
    if (columns) {
      hints.add("all columns: -f csv or a wider terminal");
    }
    return hints.isEmpty() ? "" : String.join("; ", hints) + "\n";
  }

  private List<Tried> shown(TopOption top, Optional<Tried> winner) {
    List<Tried> sorted =
        candidates.stream().sorted(Comparator.comparingDouble(Tried::rankedLoss)).toList();
    List<Tried> shown = new ArrayList<>(sorted.subList(0, top.of(sorted.size())));
    winner.filter(tried -> !shown.contains(tried)).ifPresent(shown::add);
    return shown;
  }

  /** The line of the journal that the winner was chosen by: of several, the last is that one. */
  private Optional<Tried> winner() {
    return candidates.stream().filter(this::isWinner).reduce((earlier, later) -> later);
  }

  private boolean isWinner(Tried tried) {
    return result
        .filter(
            outcome ->
                outcome.winner().architecture().equals(tried.candidate().architecture())
                    && isOptimizerOf(outcome, tried.candidate().optimizer()))
        .isPresent();
  }

  /** A refinement has changed some values of the result since the candidate was scored. */
  private static boolean isOptimizerOf(Results outcome, OptimizerSettings optimizer) {
    OptimizerSettings chosen = outcome.winner().optimizer();
    boolean same =
        chosen.family() == optimizer.family() && chosen.schedule() == optimizer.schedule();
    for (Hyperparameter each : Hyperparameter.values()) {
      boolean refined =
          outcome
              .refinement()
              .filter(refinement -> refinement.changes().containsKey(each.key()))
              .isPresent();
      same = same && (refined || chosen.get(each) == optimizer.get(each));
    }
    return same;
  }

  /** The hyperparameters that one of the candidates at least has to tell about. */
  private List<Hyperparameter> told() {
    return Arrays.stream(Hyperparameter.values())
        .filter(
            each ->
                candidates.stream()
                    .anyMatch(tried -> tried.candidate().optimizer().told().contains(each)))
        .toList();
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words(" ", 0));
    columns.add(Column.words("phase", 0));
    columns.add(Column.number("index", 0));
    columns.add(Column.number(metric.map(Metric::text).orElse("loss"), 0));
    columns.add(Column.number(goal.text(), 0));
    columns.add(new Column("architecture", Side.LEFT, 0, Cut.END, LEAST_OF_ARCHITECTURE));
    columns.add(Column.words("family", 1));
    columns.add(Column.words("schedule", 3));
    for (Hyperparameter each : told()) {
      columns.add(
          Column.number(each.key(), each == Hyperparameter.LEARNING_RATE ? 2 : 4 + each.ordinal()));
    }
    if (hasBatches()) {
      columns.add(Column.number("batch", 4));
    }
    return columns;
  }

  private boolean hasBatches() {
    return candidates.stream().anyMatch(tried -> tried.candidate().optimizer().batch().isPresent());
  }

  private List<String> row(Tried tried, Optional<Tried> winner) {
    OptimizerSettings optimizer = tried.candidate().optimizer();
    List<String> row = new ArrayList<>();
    row.add(winner.filter(tried::equals).isPresent() ? "*" : "");
    row.add(tried.phase());
    row.add(String.valueOf(tried.index()));
    double ranked = tried.rankedLoss();
    row.add(Significant.text(metric.map(one -> one.turned(ranked)).orElse(ranked)));
    row.add(Significant.text(goal.figure(tried.validationLoss(), tried.validationAccuracy())));
    row.add(BriefArchitecture.of(tried.candidate().architecture()));
    row.add(optimizer.family().name().toLowerCase(Locale.ROOT));
    row.add(optimizer.schedule().name().toLowerCase(Locale.ROOT));
    for (Hyperparameter each : told()) {
      row.add(Significant.text(optimizer.get(each)));
    }
    if (hasBatches()) {
      row.add(optimizer.batch().map(String::valueOf).orElse("-"));
    }
    return row;
  }
}
