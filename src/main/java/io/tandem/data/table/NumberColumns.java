package io.tandem.data.table;

import io.tandem.data.Quote;
import io.tandem.data.row.TableRow;
import io.tandem.outcome.Regression;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The numbers that are to be predicted, as they are read. */
final class NumberColumns implements TargetReader {
  private static final int FIRST = 1 << 8;
  private final String file;
  private final List<Integer> places;
  private final List<MissingMarks> marks;
  private final boolean logarithm;
  private final BadCells bad;
  private final Cells cells;
  private final MissingTargets missing;
  private double[] values = new double[FIRST];
  private int size;

  /**
   * No numbers yet.
   *
   * @param file name of the table
   * @param places indices of the columns in a row
   * @param marks of each column, the cells that are missing numbers
   * @param regression says whether logarithms are taken
   * @param bad gets cells that are no numbers
   */
  NumberColumns(
      String file,
      List<Integer> places,
      List<MissingMarks> marks,
      Regression regression,
      BadCells bad) {
    this.file = file;
    this.places = places;
    this.marks = List.copyOf(marks);
    this.bad = bad;
    logarithm = regression.logarithm();
    cells = new Cells(places.size(), remedies(marks), bad);
    missing = new MissingTargets(places.size() == 1 ? "target" : "target in some column");
  }

  private static Cells.Remedies remedies(List<MissingMarks> marks) {
    String settings =
        marks.stream().map(MissingMarks::setting).distinct().collect(Collectors.joining(" or "));
    return new Cells.Remedies(
        "say that the table has a header, or correct the cell",
        "correct the cell, or add it to " + settings + " if it stands for a missing value");
  }

  @Override
  public boolean add(TableRow row) {
    for (int target = 0; target < places.size(); target++) {
      if (marks.get(target).contains(row.text(places.get(target)))) {
        missing.add(row);
        return false;
      }
    }
    for (int place : places) {
      double value = row.number(place);
      if (cells.add(row, place, file) && logarithm && !(value > 0)) {
        bad.add(row.line(), () -> notPositive(row, place));
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }
    return true;
  }

  private String notPositive(TableRow row, int place) {
    return Quote.format(
        "%s:%d: the target is %s, expected a number above 0 with data.regression.logarithm; add a"
            + " constant to the column, or leave the setting out",
        row.place(file), place + 1, Quote.quoted(row.text(place)));
  }

  @Override
  public Optional<String> missing() {
    return missing.text();
  }

  @Override
  public int size() {
    return size / places.size();
  }

  @Override
  public ReadTargets toTargets() {
    return new ReadTargets.Numbers(Arrays.copyOf(values, size), places.size());
  }
}
