package io.tandem.data.table;

import io.tandem.data.row.TableRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The labels of a table as they are read: numbers of distinct texts, in order of appearance. */
final class LabelColumn implements TargetReader {
  private static final int FIRST = 1 << 8;

  private final String file;
  private final int place;
  private final MissingMarks marks;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<String> places = new ArrayList<>();
  private int[] values = new int[FIRST];
  private int size;
  private final MissingTargets missing = new MissingTargets("label");

  /**
   * No labels yet.
   *
   * @param file name of the table
   * @param place index of the column in a row
   * @param marks cells that are missing labels
   */
  LabelColumn(String file, int place, MissingMarks marks) {
    this.file = file;
    this.place = place;
    this.marks = marks;
  }

  @Override
  public boolean add(TableRow row) {
    String text = row.text(place);
    if (marks.contains(text)) {
      missing.add(row);
      return false;
    }
    Integer number = numbers.get(text);
    if (number == null) {
      number = numbers.size();
      numbers.put(text, number);
      places.add(row.place(file));
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = number;
    return true;
  }

  @Override
  public Optional<String> missing() {
    return missing.text();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ReadTargets toTargets() {
    return new ReadTargets.Labels(
        Arrays.copyOf(values, size), List.copyOf(numbers.keySet()), List.copyOf(places));
  }
}
