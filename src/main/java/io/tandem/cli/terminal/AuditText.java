package io.tandem.cli.terminal;

import io.tandem.audit.AuditReport;
import io.tandem.audit.AuditRow;
import io.tandem.cli.terminal.FittedTable.Column;
import io.tandem.report.Significant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An audit for people: a table of what has numbers, what has none, and the choice. */
public final class AuditText {
  private static final int INDENT = 2;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("estimator", 0),
          Column.words("hyperparameter", 0),
          Column.words("granularity", 6),
          Column.number("coordinates", 5),
          Column.number("value", 1),
          Column.number("difference", 2),
          Column.number("error", 0),
          Column.number("bias", 0),
          Column.number("variance", 3),
          Column.number("cosine", 4),
          Column.number("ms", 0),
          Column.number("MiB", 0));

  private record Refusal(String estimator, String reason) {}

  private AuditText() {}

  /**
   * Writes an audit down.
   *
   * @param report of the audit
   * @param width of a line, characters
   */
  public static String of(AuditReport report, int width) {
    List<AuditRow> measured = report.rows().stream().filter(row -> row.cannot().isEmpty()).toList();
    StringBuilder text = new StringBuilder();
    text.append(
        new FittedTable(COLUMNS, measured.stream().map(AuditText::row).toList()).text(width));
    refusals(report.rows())
        .forEach(
            (refusal, hyperparameters) -> {
              String line = refusal.estimator() + " cannot: " + String.join(", ", hyperparameters);
              text.append(Paragraph.broken(line, INDENT, 0, width)).append('\n');
              text.append(" ".repeat(INDENT));
              text.append(Paragraph.broken(refusal.reason(), INDENT, INDENT, width)).append('\n');
            });
    return text.append(Paragraph.broken(choice(report), INDENT, 0, width)).append('\n').toString();
  }

  private static List<String> row(AuditRow row) {
    return List.of(
        row.estimator(),
        row.target().target().key(),
        row.target().granularity().name().toLowerCase(Locale.ROOT),
        String.valueOf(row.coordinates()),
        Significant.text(row.value()),
        Significant.text(row.difference()),
        Significant.text(row.relativeError()),
        Significant.text(row.bias()),
        Significant.text(row.variance()),
        Significant.text(row.cosine()),
        Significant.text(row.milliseconds()),
        Significant.text(row.memoryMib()));
  }

  private static Map<Refusal, List<String>> refusals(List<AuditRow> rows) {
    Map<Refusal, List<String>> refusals = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> !row.cannot().isEmpty())
        .forEach(
            row ->
                refusals
                    .computeIfAbsent(
                        new Refusal(row.estimator(), row.cannot()), key -> new ArrayList<>())
                    .add(row.target().target().key()));
    return refusals;
  }

  private static String choice(AuditReport report) {
    return "choice: "
        + report.choice().estimator().orElse("none of them")
        + ", "
        + report.choice().reason();
  }
}
