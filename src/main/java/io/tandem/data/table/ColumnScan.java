package io.tandem.data.table;

import io.tandem.column.ColumnType;
import io.tandem.column.DateForm;
import io.tandem.column.DateOrder;
import io.tandem.column.DateScan;
import io.tandem.column.TruthWords;
import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import io.tandem.disk.NextCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out the type of each column of a table from its texts and missing values. */
final class ColumnScan {
  /** Texts that a column of numbers may have by mistake. */
  private static final int FEW = 3;

  /** A column with a text in one of so many cells is one of categories. */
  private static final int ONE_IN = 10;

  /** Share of dates from which on a column that is none of dates is suspected to be one. */
  private static final double MOSTLY = 0.9;

  private final String file;
  private final TableLayout layout;
  private final CsvFormat format;
  private final List<MissingMarks> marks;
  private final DeclaredTypes declared;
  private final long[] texts;
  private final long[] gaps;
  private final String[] examples;
  private final DateScan[] dates;
  private final String[] dateExamples;
  private final String[] noDates;
  private final int[] truthPairs;

  /**
   * Nothing seen yet.
   *
   * @param file name of the table
   * @param layout what its columns are
   * @param declared types that are known
   * @param format says how the table is written
   * @param marks of each feature, the cells that are missing values
   */
  ColumnScan(
      String file,
      TableLayout layout,
      DeclaredTypes declared,
      CsvFormat format,
      List<MissingMarks> marks) {
    this.file = file;
    this.layout = layout;
    this.format = format;
    this.marks = List.copyOf(marks);
    this.declared = declared;
    int features = layout.features().size();
    texts = new long[features];
    gaps = new long[features];
    examples = empty(features);
    dates = new DateScan[features];
    Arrays.setAll(dates, feature -> new DateScan());
    dateExamples = empty(features);
    noDates = empty(features);
    truthPairs = new int[features];
    Arrays.fill(truthPairs, TruthWords.all());
  }

  private static String[] empty(int count) {
    String[] texts = new String[count];
    Arrays.fill(texts, "");
    return texts;
  }

  /**
   * Counts cells that are no finite numbers.
   *
   * @param feature of which they are
   * @param text of all of them; texts are given in the order of their first cells
   * @param numeric whether it looks like a number
   * @param times number of the cells, at least one
   */
  void add(int feature, String text, boolean numeric, long times) {
    if (marks.get(feature).contains(text)) {
      gaps[feature] += times;
    } else if (isDate(text, feature, times) || !numeric) {
      examples[feature] = texts[feature] == 0 ? text : examples[feature];
      texts[feature] += times;
      truthPairs[feature] &= TruthWords.pairs(text);
    }
  }

  private boolean isDate(String text, int feature, long times) {
    boolean date = dates[feature].add(text, times);
    String[] first = date ? dateExamples : noDates;
    first[feature] = first[feature].isEmpty() ? text : first[feature];
    return date;
  }

  /** Returns true if the columns have to be read with their types, not as numbers alone. */
  boolean hasTypes(long rows) {
    for (int feature = 0; feature < texts.length; feature++) {
      if (gaps[feature] > 0 || !(type(feature, rows) instanceof ColumnType.Numeric)) {
        return true;
      }
    }
    return format.declared().quantiles();
  }

  /**
   * The type of each feature.
   *
   * @param rows rows with a label
   */
  List<ColumnType> types(long rows) {
    List<ColumnType> types = new ArrayList<>();
    for (int feature = 0; feature < texts.length; feature++) {
      types.add(type(feature, rows));
    }
    return types;
  }

  /**
   * Refuses dates that can be read with the day or with the month first.
   *
   * @param rows rows with a label
   * @throws DataException if there are some, and nobody has said which it is
   */
  void requireOrder(long rows) {
    for (int feature = 0; feature < texts.length; feature++) {
      Optional<String> unclear = dates[feature].unclear();
      if (type(feature, rows) instanceof ColumnType.Date
          && unclear.isPresent()
          && format.declared().order() == DateOrder.AS_FOUND) {
        int place = layout.features().get(feature);
        throw new DataException(
            Quote.format(
                "%s: column %s has dates such as %s, in which day and month cannot be told apart,"
                    + " expected a day after the 12th in one of them; use %s or MDY, or leave the"
                    + " column out with %s",
                file,
                Quote.quoted(layout.columns().get(place)),
                Quote.quoted(unclear.get()),
                NextCommand.set("data.format.date_order", "DMY"),
                IgnoredColumns.setting(layout, List.of(place))));
      }
    }
  }

  private ColumnType type(int feature, long rows) {
    if (declared.of(feature).isPresent()) {
      return switch (declared.of(feature).get()) {
        case CATEGORY -> new ColumnType.Category();
        case NUMBER -> new ColumnType.Numeric();
        case TRUTH -> new ColumnType.Truth();
        case DATE -> new ColumnType.Date(dateForm(feature));
      };
    }
    long present = rows - gaps[feature];
    boolean all = texts[feature] > 1 && texts[feature] == present;
    if (all && dates[feature].most() == present) {
      return new ColumnType.Date(dateForm(feature));
    }
    if (all && truthPairs[feature] != 0) {
      return new ColumnType.Truth();
    }
    return all || texts[feature] > FEW && ONE_IN * texts[feature] >= present
        ? new ColumnType.Category()
        : new ColumnType.Numeric();
  }

  private DateForm dateForm(int feature) {
    return dates[feature].form(format.declared().order());
  }

  /**
   * Warnings about columns of categories most of whose cells are numbers or dates.
   *
   * @param rows rows with a label
   * @return a line each
   */
  List<String> suspicions(long rows) {
    List<String> found = new ArrayList<>();
    for (int feature = 0; feature < texts.length; feature++) {
      if (declared.of(feature).isPresent()
          || !(type(feature, rows) instanceof ColumnType.Category)) {
        continue;
      }
      long present = rows - gaps[feature];
      String name = Quote.quoted(layout.featureNames().get(feature));
      if (2 * texts[feature] < present) {
        found.add(
            Quote.format(
                "%s: column %s is taken for categories, because %,d of its %,d cells are texts, such"
                    + " as %s; if these stand for missing values, add them to %s;"
                    + " if it is one of categories, name it in data.format.categorical",
                file,
                name,
                texts[feature],
                present,
                Quote.quoted(examples[feature]),
                marks.get(feature).setting()));
      } else if (dates[feature].dates() >= MOSTLY * present) {
        found.add(
            Quote.format(
                "%s: column %s is not taken for dates, although %,d of its %,d cells are some, such as"
                    + " %s: %s; name it in data.format.date to see the others",
                file,
                name,
                dates[feature].most(),
                present,
                Quote.quoted(dateExamples[feature]),
                noDates[feature].isEmpty()
                    ? "they are not all of one form"
                    : Quote.format(
                        "%s is none, add it to %s if it stands for a missing value",
                        Quote.quoted(noDates[feature]), marks.get(feature).setting())));
      }
    }
    return found;
  }
}
