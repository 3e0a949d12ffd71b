package io.tandem.data.profile;

import io.tandem.dialect.NumberMarks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells whether the first row of a table names the columns. */
final class Header {
  private Header() {}

  /**
   * Names are texts above numbers. Where all columns are texts, a name differs from what is below
   * it.
   *
   * @param rows the first of a table
   * @param numbers the marks in its numbers
   */
  static boolean hasHeader(List<List<String>> rows, NumberMarks numbers) {
    if (rows.size() < 2) {
      return true;
    }
    List<String> first = rows.get(0);
    if (first.stream().anyMatch(cell -> Numbers.isNumber(cell, numbers))
        || new HashSet<>(first).size() < first.size()) {
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
      if (!below.isEmpty()
          && below.stream().allMatch(cell -> Numbers.isNumberOrEmpty(cell, numbers))) {
        return true;
      }
      recurs |= below.contains(first.get(column));
    }
    return !recurs;
  }
}
