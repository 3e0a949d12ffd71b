package io.tandem.cli.terminal;

import io.tandem.cli.terminal.FittedTable.Column;
import io.tandem.compare.ArmSummary;
import io.tandem.compare.Comparison;
import io.tandem.compare.Pair;
import io.tandem.compare.WinProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A comparison for people: a table with a line for each arm, and what it means. */
public final class ComparisonText {
  private static final String NONE = "-";
  private static final double LARGE = 1e5;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("arm", 0),
          Column.number("seeds", 3),
          Column.number("lost", 0),
          Column.number("mean", 0),
          Column.number("deviation", 0),
          Column.number("median", 5),
          Column.number("difference", 2),
          Column.number("p", 4),
          Column.number("p (Holm)", 0),
          Column.number("P(better)", 0),
          Column.words("95 % interval", 1),
          Column.number("examples", 7),
          Column.number("cpu s", 6));

  private ComparisonText() {}

  /**
   * Writes a comparison down.
   *
   * @param comparison of finished runs
   * @param width of a line, characters
   */
  public static String of(Comparison comparison, int width) {
    String reference = comparison.arms().get(0).arm().name();
    boolean lost = comparison.arms().stream().anyMatch(arm -> arm.lost() > 0);
    List<Column> columns = new ArrayList<>(COLUMNS);
    List<List<String>> rows = new ArrayList<>();
    for (ArmSummary arm : comparison.arms()) {
      rows.add(new ArrayList<>(row(arm, against(comparison, arm))));
    }
    if (!lost) {
      int index = columns.indexOf(Column.number("lost", 0));
      columns.remove(index);
      rows.forEach(row -> row.remove(index));
    }
    String explained =
        "test "
            + comparison.metric().text()
            + (comparison.metric().lessIsBetter() ? " (less is better)" : "")
            + "; difference, p and P(better) against "
            + reference
            + ", paired by seed";
    boolean few = comparison.againstReference().stream().anyMatch(pair -> !pair.hasInterval());
    if (few) {
      explained += "; fewer than " + WinProbability.FEWEST + " pairs are too few for an interval";
    }
    return new FittedTable(columns, rows).text(width)
        + Paragraph.broken(explained, 0, 0, width)
        + "\n";
  }

  private static Optional<Pair> against(Comparison comparison, ArmSummary arm) {
    return comparison.againstReference().stream()
        .filter(pair -> pair.arm().equals(arm.arm().name()))
        .findFirst();
  }

  private static List<String> row(ArmSummary arm, Optional<Pair> pair) {
    return List.of(
        arm.arm().name(),
        String.valueOf(arm.values().length),
        String.valueOf(arm.lost()),
        figure(arm.spread().mean()),
        figure(arm.spread().deviation()),
        figure(arm.spread().median()),
        pair.map(found -> signed(found.difference())).orElse(NONE),
        pair.map(found -> figure(found.p())).orElse(NONE),
        pair.map(found -> figure(found.adjusted())).orElse(NONE),
        pair.map(found -> share(found.wins().value())).orElse(NONE),
        pair.filter(Pair::hasInterval)
            .map(found -> share(found.wins().low()) + " to " + share(found.wins().high()))
            .orElse(NONE),
        String.format(Locale.ROOT, "%,.0f", arm.examples()),
        String.format(Locale.ROOT, "%,.1f", arm.processorSeconds()));
  }

  private static String figure(double value) {
    return figure("%", value);
  }

  private static String signed(double value) {
    return figure("%+", value);
  }

  /** A perplexity has no upper end. */
  private static String figure(String sign, double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, sign + (Math.abs(value) < LARGE ? ".4f" : ".3e"), value)
        : NONE;
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
