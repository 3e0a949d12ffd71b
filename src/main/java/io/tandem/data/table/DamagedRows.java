package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows that have another number of cells than the first one, and are left out. */
final class DamagedRows {
  private static final int NAMED = 10;

  private final String file;
  private final double share;
  private final List<String> named = new ArrayList<>();
  private long count;

  /**
   * None yet.
   *
   * @param file name of the table
   * @param share largest share of the rows that they may be, 0 to 1
   */
  DamagedRows(String file, double share) {
    this.file = file;
    this.share = share;
  }

  /** Returns true if there may be some. */
  boolean areAllowed() {
    return share > 0;
  }

  /** Counts a row. */
  void add(CsvRow row) {
    count++;
    if (named.size() < NAMED) {
      named.add(
          Quote.format(
              "line %d (%d %s)", row.line(), row.cells(), row.cells() == 1 ? "cell" : "cells"));
    }
  }

  /**
   * Checks that there are few enough.
   *
   * @param rows of the table, with them
   * @param width cells of a row
   * @throws DataException naming the first of them
   */
  void require(long rows, int width) {
    if (count > share * rows) {
      throw new DataException(
          Quote.format(
              "%s: %,d of %,d rows do not have %d cells as the first one, expected at most %s of"
                  + " them; correct or remove them, or raise data.format.damaged_share: %s",
              file, count, rows, width, share, names()));
    }
  }

  /** What people should know of them; empty if there are none. */
  Optional<String> note(int width) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            Quote.format(
                "%,d %s without %d cells (left out): %s",
                count, count == 1 ? "row" : "rows", width, names()));
  }

  private String names() {
    return String.join(", ", named)
        + (count > named.size() ? Quote.format(" and %,d more", count - named.size()) : "");
  }
}
