package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.Quote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The labels of a table as they are read: numbers of distinct texts, in order of appearance. */
final class LabelColumn {
  private static final int FIRST = 1 << 8;

  private final CsvFormat format;
  private final BadCells bad;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<Long> lines = new ArrayList<>();
  private int[] values = new int[FIRST];
  private int size;

  /**
   * No labels yet.
   *
   * @param format says which cells are missing values
   * @param bad gets the labels that are missing; their rows have none
   */
  LabelColumn(CsvFormat format, BadCells bad) {
    this.format = format;
    this.bad = bad;
  }

  /** Adds the label of a row. */
  void add(CsvRow row, int cell, String file) {
    String text = row.text(cell);
    if (format.isMissing(text)) {
      bad.add(row.line(), () -> missing(row, cell, file, text));
      return;
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
  }

  private static String missing(CsvRow row, int cell, String file, String text) {
    String place = Quote.format("%s:%d:%d: ", file, row.line(), cell + 1);
    return text.isEmpty()
        ? place + "the label is empty, expected a class; fill it in or remove the row"
        : Quote.format(
            "%sthe label %s says that it is missing, expected a class; fill it in or remove the"
                + " row, or take %s out of data.format.missing if it is a class",
            place, Quote.quoted(text), Quote.quoted(text));
  }

  /** The distinct texts in order of appearance. */
  List<String> texts() {
    return List.copyOf(numbers.keySet());
  }

  /** For each distinct text the line it was first seen in. */
  List<Long> lines() {
    return List.copyOf(lines);
  }

  /** For each row the index of its text. */
  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
