package io.tandem.dialect;

import java.util.List;

/**
 * One of the first rows of a table.
 *
 * @param cells without the white space around them
 * @param quoted for each whether it is in quotes
 */
public record SampleRow(List<String> cells, List<Boolean> quoted) {
  /** Copies the lists. */
  public SampleRow {
    cells = List.copyOf(cells);
    quoted = List.copyOf(quoted);
  }

  /** Number of cells. */
  int width() {
    return cells.size();
  }

  /** Number of the last cells that are empty. */
  int emptyAtEnd() {
    int count = 0;
    while (count < width() && cells.get(width() - 1 - count).isEmpty()) {
      count++;
    }
    return count;
  }
}
