package io.tandem.data.table;

import io.tandem.data.DataException;
import io.tandem.data.Quote;
import io.tandem.data.TypedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Columns of texts that differ from row to row, such as names and keys: they say nothing about
 * other rows, so they are left out.
 */
final class Identifiers {
  /** Share of the texts that are different. */
  private static final double DIFFERENT = 0.9;

  private Identifiers() {}

  /**
   * The table without them, with what was left out.
   *
   * @param table that was read with its types
   * @param declared indices of features that the user calls categories
   * @throws DataException if one of those is an identifier, or nothing is left
   */
  static Table without(Table table, Set<Integer> declared) {
    List<TypedRows.Column> columns = table.typed().orElseThrow().columns();
    List<Integer> kept = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (int feature = 0; feature < columns.size(); feature++) {
      int place = table.layout().features().get(feature);
      String name = Quote.quoted(table.layout().columns().get(place));
      Optional<String> why = reason(columns.get(feature));
      if (why.isEmpty()) {
        kept.add(feature);
      } else if (declared.contains(feature)) {
        throw new DataException(
            Quote.format(
                "%s: column %s has %s, expected a category that many rows share; leave it out with"
                    + " %s",
                table.file(),
                name,
                why.get(),
                IgnoredColumns.setting(table.layout(), List.of(place))));
      } else {
        leftOut.add(
            Quote.format("column %s (left out, has %s, as names and keys have)", name, why.get()));
      }
    }
    if (kept.isEmpty()) {
      throw new DataException(
          table.file()
              + ": every column but the label differs from row to row, expected at least one that"
              + " says something about other rows; add columns");
    }
    return table.withColumns(kept, leftOut);
  }

  private static Optional<String> reason(TypedRows.Column column) {
    if (!(column instanceof TypedRows.Texts texts)) {
      return Optional.empty();
    }
    int distinct = 0;
    long present = 0;
    int[] counts = texts.counts();
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0 && !texts.distinct().get(code).isEmpty()) {
        distinct++;
        present += counts[code];
      }
    }
    return distinct > 2 && distinct > DIFFERENT * present
        ? Optional.of(Quote.format("%,d different texts in %,d rows", distinct, present))
        : Optional.empty();
  }
}
