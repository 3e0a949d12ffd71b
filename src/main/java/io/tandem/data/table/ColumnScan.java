package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import java.util.Set;
import java.util.TreeSet;

/** What is in the columns of a table beside numbers: texts and gaps. */
final class ColumnScan {
  /** Texts that a column of numbers may have by mistake. */
  private static final int FEW = 3;

  /** A column with a text in one of so many cells is one of categories. */
  private static final int ONE_IN = 10;

  private final CsvFormat format;
  private final Set<Integer> declared;
  private final long[] texts;
  private final long[] gaps;

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
  }

  /** Counts a cell that is no finite number. */
  void add(CsvRow row, int cell, int feature) {
    if (format.isMissing(row.text(cell))) {
      gaps[feature]++;
    } else if (!Cells.looksNumeric(row, cell)) {
      texts[feature]++;
    }
  }

  /** Whether there is more in the table than numbers. */
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
   * @param rows rows of the table
   * @return indices in the list of features
   */
  Set<Integer> categories(long rows) {
    Set<Integer> categories = new TreeSet<>(declared);
    for (int feature = 0; feature < texts.length; feature++) {
      if (texts[feature] > FEW && ONE_IN * texts[feature] >= rows - gaps[feature]) {
        categories.add(feature);
      }
    }
    return categories;
  }
}
