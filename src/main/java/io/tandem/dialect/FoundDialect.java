package io.tandem.dialect;

import java.util.List;
import java.util.Optional;

/**
 * The result of a look at the first rows of a table.
 *
 * @param dialect in which it is written
 * @param rival a delimiter that is as likely as the one of the dialect, if there is one
 * @param rows the rows that were looked at
 */
public record FoundDialect(Dialect dialect, Optional<Delimiter> rival, List<SampleRow> rows) {
  /** Copies the rows. */
  public FoundDialect {
    rows = List.copyOf(rows);
  }

  /** Returns true if each row has one cell more than the first one, an empty one at its end. */
  public boolean isFirstShorter() {
    return rows.size() > 1
        && rows.subList(1, rows.size()).stream()
            .allMatch(row -> row.width() == rows.get(0).width() + 1 && row.emptyAtEnd() > 0);
  }

  /** The number of empty cells at the end of every row, as spreadsheets write them. */
  public int emptyColumns() {
    if (rows.isEmpty()) {
      return 0;
    }
    int width = rows.get(0).width();
    if (rows.stream().anyMatch(row -> row.width() != width)) {
      return 0;
    }
    int empty = rows.stream().mapToInt(SampleRow::emptyAtEnd).min().orElse(0);
    return empty < width ? empty : 0;
  }
}
