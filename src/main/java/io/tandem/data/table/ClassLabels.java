package io.tandem.data.table;

import io.tandem.data.Classes;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.dialect.NumberMarks;
import io.tandem.disk.NextCommand;
import java.util.ArrayList;
import java.util.List;

/** The classes that the labels of a training table name. */
final class ClassLabels {
  private static final int PARTS = 3;
  // Of the rows: with more different numbers, the label is a quantity rather than a class.
  private static final double MANY = 0.2;

  private ClassLabels() {}

  /**
   * The classes of a training table.
   *
   * @throws DataException if there are fewer than two
   */
  static List<String> of(Table table, ReadTargets.Labels labels) {
    List<String> texts = labels.texts();
    if (texts.size() < 2) {
      throw new DataException(
          Quote.format(
              "%s: every row has the label %s, expected at least two classes; check the label"
                  + " column (%s)",
              table.file(), Quote.quoted(texts.get(0)), table.layout().labelName()));
    }
    return Classes.sorted(texts);
  }

  /**
   * Checks that every class has a row for each part of a split.
   *
   * @throws DataException naming the first class that has not
   */
  static void checkCounts(Table table, ReadTargets.Labels labels) {
    int[] counts = new int[labels.texts().size()];
    for (int label : labels.values()) {
      counts[label]++;
    }
    for (int index = 0; index < counts.length; index++) {
      if (counts[index] < PARTS) {
        throw new DataException(
            isQuantity(table, labels)
                ? quantity(table, labels)
                : rare(table, labels, index, counts));
      }
    }
  }

  private static boolean isQuantity(Table table, ReadTargets.Labels labels) {
    NumberMarks numbers = table.layout().dialect().numbers();
    return labels.texts().size() > MANY * labels.rows()
        && labels.texts().size() > PARTS
        && labels.texts().stream().allMatch(text -> NumberForm.isNumber(text, numbers));
  }

  private static String quantity(Table table, ReadTargets.Labels labels) {
    return Quote.format(
        "%s: the label column (%s) looks like a number to be predicted: %d different numbers in %d"
            + " rows, expected classes with at least %d rows each; predict the number with %s, or name"
            + " another label%s",
        table.file(),
        table.layout().labelName(),
        labels.texts().size(),
        table.rows(),
        PARTS,
        NextCommand.set("data.format.target", name(table.layout(), table.layout().label())),
        onlyText(table));
  }

  /** Whoever has one column of texts and a label that counts has probably mixed them up. */
  private static String onlyText(Table table) {
    List<Integer> texts = new ArrayList<>();
    List<TypedRows.Column> columns = table.typed().map(TypedRows::columns).orElse(List.of());
    for (int feature = 0; feature < columns.size(); feature++) {
      if (columns.get(feature) instanceof TypedRows.Texts) {
        texts.add(table.layout().features().get(feature));
      }
    }
    if (texts.size() != 1) {
      return "";
    }
    return Quote.format(
        "; is %s the label? Then use %s",
        Quote.quoted(table.layout().columns().get(texts.get(0))),
        NextCommand.set("data.format.label", name(table.layout(), texts.get(0))));
  }

  /** What a setting calls a column. */
  private static String name(TableLayout layout, int column) {
    return layout.named() ? layout.columns().get(column) : String.valueOf(column);
  }

  private static String rare(Table table, ReadTargets.Labels labels, int index, int[] counts) {
    return Quote.format(
        "%s:%d:%d: class %s has %d %s, expected at least %d (one for each part of the split); add"
            + " rows, remove the class, or check the label column",
        table.file(),
        labels.lines().get(index),
        table.layout().label() + 1,
        Quote.quoted(labels.texts().get(index)),
        counts[index],
        counts[index] == 1 ? "row" : "rows",
        PARTS);
  }
}
