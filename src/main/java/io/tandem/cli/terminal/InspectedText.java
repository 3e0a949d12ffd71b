package io.tandem.cli.terminal;

import io.tandem.cli.terminal.FittedTable.Column;
import io.tandem.cli.terminal.FittedTable.Cut;
import io.tandem.cli.terminal.FittedTable.Side;
import io.tandem.data.Quote;
import io.tandem.data.profile.ColumnProfile;
import io.tandem.data.profile.TableProfile;
import io.tandem.dialect.DialectWords;
import io.tandem.report.Significant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats the profile of a table as text. */
public final class InspectedText {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("column", Side.LEFT, 0, Cut.END, 8),
          Column.words("type", 0),
          Column.number("missing", 0),
          Column.number("distinct", 0),
          new Column("values", Side.LEFT, 0, Cut.END, 16));

  private InspectedText() {}

  /**
   * The text.
   *
   * @param profile of the table
   * @param isChosen whether the column to predict was chosen by the user
   * @param width of a line, characters
   */
  public static String of(TableProfile profile, boolean isChosen, int width) {
    StringBuilder text = new StringBuilder();
    text.append(
        Quote.format(
            "%s: %,d rows of %d columns, %s, %s%n",
            profile.file(),
            profile.rows(),
            profile.columns().size(),
            String.join(", ", DialectWords.of(profile.dialect())),
            profile.header()
                ? "the first row names the columns"
                : "the first row names no columns"));
    FittedTable table =
        new FittedTable(COLUMNS, profile.columns().stream().map(InspectedText::row).toList());
    text.append(table.text(width));
    ColumnProfile target = profile.targetColumn();
    text.append(
        Quote.format(
            "to predict: %s, %s%s%n",
            Quote.quoted(target.name()),
            profile.predictsNumber()
                ? "a number"
                : Quote.format("one of %,d classes", target.distinct()),
            isChosen ? "" : " (the last column; --target chooses another)"));
    profile.warnings().forEach(line -> text.append("warning: ").append(line).append('\n'));
    return text.toString();
  }

  private static List<String> row(ColumnProfile column) {
    return List.of(
        column.name(),
        column.kind().name().toLowerCase(Locale.ROOT),
        column.missing() == 0 ? "" : share(column.missingShare()),
        String.format(
            Locale.ROOT,
            "%,d%s",
            column.distinct(),
            column.distinct() == ColumnProfile.MOST_DISTINCT ? "+" : ""),
        values(column));
  }

  private static String share(double share) {
    return share < 0.0005 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String values(ColumnProfile column) {
    return switch (column.kind()) {
      case NUMBER ->
          Significant.text(column.low())
              + " to "
              + Significant.text(column.high())
              + ", mean "
              + Significant.text(column.mean());
      case CATEGORY, BOOLEAN -> frequent(column);
      case DATE -> column.dates().map(dates -> dates.first() + " to " + dates.last()).orElseThrow();
      case CONSTANT, IDENTIFIER -> column.frequent().get(0).value();
      case EMPTY -> "";
    };
  }

  private static String frequent(ColumnProfile column) {
    return column.frequent().stream()
        .map(value -> String.format(Locale.ROOT, "%s %,d", value.value(), value.count()))
        .collect(Collectors.joining(", "));
  }
}
