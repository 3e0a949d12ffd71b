package io.tandem.data.table;

import io.tandem.data.row.TableRow;
import io.tandem.data.row.TextCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The labels of a table as they are read: numbers of distinct texts, in order of appearance. */
final class LabelColumn implements TargetReader {
  private static final int FIRST = 1 << 8;
  private static final int NONE = -1;

  private final String file;
  private final int place;
  private final MissingMarks marks;
  private final TextCodes seen = new TextCodes();
  private final List<String> labels = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  /**
   * For each text that was seen the number of the label, {@link #NONE} if it says there is none.
   */
  private int[] numbers = new int[FIRST];

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
    int known = seen.size();
    int code = row.code(place, seen);
    if (code == known) {
      add(code, row);
    }
    if (numbers[code] == NONE) {
      missing.add(row);
      return false;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = numbers[code];
    return true;
  }

  /** A text that no row before had. */
  private void add(int code, TableRow row) {
    if (code == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * code);
    }
    String text = seen.text(code);
    if (marks.contains(text)) {
      numbers[code] = NONE;
      return;
    }
    numbers[code] = labels.size();
    labels.add(text);
    places.add(row.place(file));
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
        Arrays.copyOf(values, size), List.copyOf(labels), List.copyOf(places));
  }
}
