package io.tandem.data.table;

import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.disk.NextCommand;
import io.tandem.outcome.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What in a table is probably not what its owner thinks, one line each. */
final class TableSuspicions {
  // Rows that are looked at first: most columns repeat a number in them.
  private static final int FEW = 1000;
  private static final int LEAST_ROWS = 10;
  private static final double LOST = 0.01;

  private final Table table;
  private final TableLayout layout;

  private TableSuspicions(Table table) {
    this.table = table;
    this.layout = table.layout();
  }

  /**
   * The suspicions of a training table, or of one that is to be split.
   *
   * @param table the table
   * @param outcome what is predicted
   */
  static List<String> of(Table table, Outcome outcome) {
    TableSuspicions suspicions = new TableSuspicions(table);
    List<String> found = new ArrayList<>(table.suspicions());
    found.addAll(TableTargets.suspicions(table, outcome));
    suspicions.header(found);
    table.labels().ifPresent(labels -> found.addAll(LabelSpellings.suspicions(table, labels)));
    for (int feature = 0; feature < suspicions.layout.features().size(); feature++) {
      suspicions.identifier(feature, found);
      suspicions.precision(feature, found);
    }
    return found;
  }

  /** A header whose names are numbers, but for one that is a class: the first row of data. */
  private void header(List<String> found) {
    if (!layout.named()) {
      return;
    }
    long numbers = layout.featureNames().stream().filter(this::isNumber).count();
    boolean isClass =
        table.labels().map(labels -> labels.texts().contains(layout.labelName())).orElse(false);
    boolean all = numbers == layout.features().size();
    if (all && (isClass || layout.predictedNames().stream().allMatch(this::isNumber))
        || isClass && numbers > 0
        || isClass && 2 * values() >= layout.features().size()) {
      found.add(
          Quote.format(
              "%s:1: the first row is used as column names but looks like data: %s; if it is, use"
                  + " %s",
              table.file(),
              Quote.quoted(String.join(",", layout.columns())),
              NextCommand.set("data.format.header", "false")));
    }
  }

  /** Features whose name is one of their own categories. */
  private int values() {
    int count = 0;
    for (int feature = 0; feature < layout.features().size(); feature++) {
      if (isText(feature)) {
        TypedRows.Texts texts =
            (TypedRows.Texts) table.typed().orElseThrow().columns().get(feature);
        count += texts.values().contains(name(feature)) ? 1 : 0;
      }
    }
    return count;
  }

  private boolean isNumber(String name) {
    return NumberForm.isNumber(name, layout.dialect().numbers());
  }

  private void identifier(int feature, List<String> found) {
    int rows = table.rows();
    if (rows < LEAST_ROWS || !isNumber(feature) || !isDifferent(feature, Math.min(rows, FEW))) {
      return;
    }
    float[] sorted = new float[rows];
    for (int row = 0; row < rows; row++) {
      sorted[row] = value(row, feature);
    }
    Arrays.sort(sorted);
    if (IntStream.range(1, rows)
        .anyMatch(row -> sorted[row] == sorted[row - 1] || sorted[row] != Math.rint(sorted[row]))) {
      return;
    }
    boolean steps = sorted[rows - 1] - sorted[0] == rows - 1;
    found.add(
        Quote.format(
            "%s: column %s looks like a row number (%s); leave it out with %s unless it is a"
                + " measurement",
            table.file(),
            Quote.quoted(name(feature)),
            steps
                ? Quote.format("%.0f to %.0f", sorted[0], sorted[rows - 1])
                : Quote.format("a different whole number in each of the %d rows", rows),
            ignored(feature)));
  }

  private boolean isText(int feature) {
    return table
        .typed()
        .map(rows -> rows.columns().get(feature) instanceof TypedRows.Texts)
        .orElse(false);
  }

  private boolean isNumber(int feature) {
    return table
        .typed()
        .map(rows -> rows.columns().get(feature) instanceof TypedRows.Numbers)
        .orElse(true);
  }

  /** A number, NaN if it is missing. */
  private float value(int row, int feature) {
    return table
        .typed()
        .map(rows -> ((TypedRows.Numbers) rows.columns().get(feature)).values()[row])
        .orElseGet(() -> table.cells().get(row, feature));
  }

  private boolean isDifferent(int feature, int rows) {
    Set<Float> seen = new HashSet<>();
    for (int row = 0; row < rows; row++) {
      float value = value(row, feature);
      if (value != Math.rint(value) || !seen.add(value)) {
        return false;
      }
    }
    return true;
  }

  private void precision(int feature, List<String> found) {
    int merged = table.merged().get(feature);
    if (merged > LOST * table.rows()) {
      found.add(
          Quote.format(
              "%s: column %s has more digits than the 24 bits of a 32-bit number: %d of %d"
                  + " neighbouring rows differ in it and are read as equal; subtract a constant"
                  + " from it, or leave it out with %s",
              table.file(), Quote.quoted(name(feature)), merged, table.rows(), ignored(feature)));
    }
  }

  /** The option that leaves a column out. */
  private String ignored(int feature) {
    return IgnoredColumns.setting(layout, List.of(layout.features().get(feature)));
  }

  private String name(int feature) {
    return layout.columns().get(layout.features().get(feature));
  }
}
