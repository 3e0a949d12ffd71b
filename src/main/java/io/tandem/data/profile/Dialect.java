package io.tandem.data.profile;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.table.CsvRow;
import io.tandem.data.table.Delimiters;
import io.tandem.data.table.TableInput;
import io.tandem.data.table.TableRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a table is written.
 *
 * @param delimiter character between two cells
 * @param header whether the first row names the columns
 */
public record Dialect(char delimiter, boolean header) {
  /** Rows that are looked at. */
  private static final int ROWS = 100;

  private static final String CANDIDATES = ",;\t|";

  /**
   * Finds it.
   *
   * @param input the table
   * @param delimiter where it is known
   * @param header where it is known
   * @throws DataException if the table cannot be read
   */
  static Dialect of(TableInput input, Optional<Character> delimiter, Optional<Boolean> header) {
    char found = delimiter.orElseGet(() -> delimiter(input));
    return new Dialect(found, header.orElseGet(() -> hasHeader(rows(input, found))));
  }

  /** The one that divides most rows into the same number of cells, the more the better. */
  private static char delimiter(TableInput input) {
    char best = CANDIDATES.charAt(0);
    long most = 0;
    for (int place = 0; place < CANDIDATES.length(); place++) {
      char candidate = CANDIDATES.charAt(place);
      try {
        long cells = evenCells(rows(input, candidate));
        if (cells > most) {
          most = cells;
          best = candidate;
        }
      } catch (DataException unreadable) {
        if (place == 0 && isUnreadable(input)) {
          throw unreadable;
        }
      }
    }
    return best;
  }

  /** Returns true if no delimiter makes it readable. */
  private static boolean isUnreadable(TableInput input) {
    return CANDIDATES.chars().skip(1).noneMatch(candidate -> isReadable(input, (char) candidate));
  }

  private static boolean isReadable(TableInput input, char delimiter) {
    try {
      rows(input, delimiter);
      return true;
    } catch (DataException unreadable) {
      return false;
    }
  }

  /** Cells beyond the first in rows that have as many as the first row. */
  private static long evenCells(List<List<String>> rows) {
    return rows.isEmpty()
        ? 0
        : rows.stream().filter(row -> row.size() == rows.get(0).size()).count()
            * (rows.get(0).size() - 1L);
  }

  private static List<List<String>> rows(TableInput input, char delimiter) {
    List<List<String>> rows = new ArrayList<>();
    try (TableRows reader = input.open(delimiter, Delimiters.OPTION, StoredBytes.sha256())) {
      CsvRow row = reader.next();
      while (row != null && rows.size() < ROWS) {
        rows.add(row.texts());
        row = reader.next();
      }
    }
    return rows;
  }

  /**
   * Names are texts above numbers. Where all columns are texts, a name differs from what is below
   * it.
   */
  private static boolean hasHeader(List<List<String>> rows) {
    if (rows.size() < 2) {
      return true;
    }
    List<String> first = rows.get(0);
    if (first.stream().anyMatch(Numbers::isNumber) || new HashSet<>(first).size() < first.size()) {
      return false;
    }
    boolean recurs = false;
    for (int column = 0; column < first.size(); column++) {
      Set<String> below = new HashSet<>();
      for (List<String> row : rows.subList(1, rows.size())) {
        if (column < row.size()) {
          below.add(row.get(column));
        }
      }
      if (!below.isEmpty() && below.stream().allMatch(Numbers::isNumberOrEmpty)) {
        return true;
      }
      recurs |= below.contains(first.get(column));
    }
    return !recurs;
  }
}
