package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.Quote;
import io.tandem.data.TableLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Counts the texts and the missing values in each column of a table. */
final class ColumnScan {
  /** Texts that a column of numbers may have by mistake. */
  private static final int FEW = 3;

  /** A column with a text in one of so many cells is one of categories. */
  private static final int ONE_IN = 10;

  private final CsvFormat format;
  private final Set<Integer> declared;
  private final long[] texts;
  private final long[] gaps;
  private final String[] examples;

  /**
   * Nothing seen yet.
   *
   * @param features number of features
   * @param declared indices of the features that are categories whatever is in them
   * @param format says which cells are missing values
   */
  ColumnScan(int features, Set<Integer> declared, CsvFormat format) {
    this.format = format;
    this.declared = declared;
    texts = new long[features];
    gaps = new long[features];
    examples = new String[features];
    Arrays.fill(examples, "");
  }

  /** Counts a cell that is no finite number. */
  void add(CsvRow row, int cell, int feature) {
    if (format.isMissing(row.text(cell))) {
      gaps[feature]++;
    } else if (!row.looksNumeric(cell)) {
      examples[feature] = texts[feature] == 0 ? row.text(cell) : examples[feature];
      texts[feature]++;
    }
  }

  /** Returns true if the table has missing values or columns of categories. */
  boolean hasTypes(long rows) {
    for (long count : gaps) {
      if (count > 0) {
        return true;
      }
    }
    return !categories(rows).isEmpty();
  }

  /**
   * The features that are categories.
   *
   * @param rows rows with a label
   * @return indices in the list of features
   */
  Set<Integer> categories(long rows) {
    Set<Integer> categories = new TreeSet<>(declared);
    for (int feature = 0; feature < texts.length; feature++) {
      long present = rows - gaps[feature];
      if (texts[feature] > 1 && texts[feature] == present
          || texts[feature] > FEW && ONE_IN * texts[feature] >= present) {
        categories.add(feature);
      }
    }
    return categories;
  }

  /**
   * Warnings about columns of categories most of whose cells are numbers.
   *
   * @param file name of the table
   * @param layout what its columns are
   * @param rows rows with a label
   * @return a line each
   */
  List<String> suspicions(String file, TableLayout layout, long rows) {
    List<String> found = new ArrayList<>();
    for (int feature : categories(rows)) {
      long present = rows - gaps[feature];
      if (!declared.contains(feature) && 2 * texts[feature] < present) {
        String name = layout.featureNames().get(feature);
        found.add(
            Quote.format(
                "%s: column %s is taken for categories, because %,d of its %,d cells are texts, such"
                    + " as %s; if these stand for missing values, add them to data.format.missing;"
                    + " if it is one of categories, name it in data.format.categorical",
                file,
                Quote.quoted(name),
                texts[feature],
                present,
                Quote.quoted(examples[feature])));
      }
    }
    return found;
  }
}
