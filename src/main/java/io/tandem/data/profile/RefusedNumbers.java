package io.tandem.data.profile;

import io.tandem.data.Quote;
import io.tandem.data.table.CsvRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Numbers with other marks than those of their table, which training refuses. */
final class RefusedNumbers {
  private final Map<Integer, First> columns = new TreeMap<>();

  /** The first number of a column. */
  private record First(long line, String text, String reason) {}

  /** Looks at a row. */
  void add(CsvRow row) {
    for (int cell = 0; cell < row.cells(); cell++) {
      if (!columns.containsKey(cell)) {
        int place = cell;
        row.refusal(cell)
            .ifPresent(
                reason -> columns.put(place, new First(row.line(), row.text(place), reason)));
      }
    }
  }

  /**
   * Says what they are.
   *
   * @param names of the columns
   * @param warnings gets a line for each column that has such a number
   */
  void warnings(List<String> names, List<String> warnings) {
    columns.forEach(
        (column, first) ->
            warnings.add(
                Quote.format(
                    "column %s, line %d: %s %s",
                    Quote.quoted(names.get(column)),
                    first.line(),
                    Quote.quoted(first.text()),
                    first.reason())));
  }
}
