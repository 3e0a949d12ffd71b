package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.Quote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The labels of a table as they are read: numbers of distinct texts, in order of appearance. */
final class LabelColumn {
  private static final int FIRST = 1 << 8;

  private final CsvFormat format;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<Long> lines = new ArrayList<>();
  private int[] values = new int[FIRST];
  private int size;
  private long missing;
  private long firstMissing;

  /**
   * No labels yet.
   *
   * @param format says which cells are missing values
   */
  LabelColumn(CsvFormat format) {
    this.format = format;
  }

  /**
   * Adds the label of a row.
   *
   * @return whether it has one
   */
  boolean add(CsvRow row, int cell) {
    String text = row.text(cell);
    if (format.isMissing(text)) {
      firstMissing = missing == 0 ? row.line() : firstMissing;
      missing++;
      return false;
    }
    Integer number = numbers.get(text);
    if (number == null) {
      number = numbers.size();
      numbers.put(text, number);
      lines.add(row.line());
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = number;
    return true;
  }

  /** How many rows have none, in words; empty if all have one. */
  Optional<String> missing() {
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            Quote.format(
                "%,d %s no label, the first in line %d",
                missing, missing == 1 ? "row has" : "rows have", firstMissing));
  }

  /** The distinct texts in order of appearance. */
  List<String> texts() {
    return List.copyOf(numbers.keySet());
  }

  /** For each distinct text the line it was first seen in. */
  List<Long> lines() {
    return List.copyOf(lines);
  }

  /** Number of rows that have one. */
  int size() {
    return size;
  }

  /** For each row the index of its text. */
  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
