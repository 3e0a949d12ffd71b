package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import io.tandem.data.TypedRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Numbers and categories collected from rows, column by column, with gaps. */
final class TypedCells {
  private final int[] places;
  private final CsvFormat format;
  private final boolean marksNumbers;
  private final List<Values> columns = new ArrayList<>();
  private int rows;

  /** The values of a column. */
  private sealed interface Values permits NumberValues, TextValues {}

  private record NumberValues(Cells cells) implements Values {}

  /** Equal texts are one object, of which a table has many. */
  private record TextValues(List<String> values, Map<String, String> distinct) implements Values {}

  /**
   * No rows yet.
   *
   * @param places index in a row of each feature
   * @param categories indices of the features that are categories, in the list of features
   * @param format says which cells are missing values
   * @param remedies what to do about a cell that is no number where one is expected
   * @param bad gets such cells
   */
  TypedCells(
      int[] places,
      Set<Integer> categories,
      CsvFormat format,
      Cells.Remedies remedies,
      BadCells bad) {
    this.places = places.clone();
    this.format = format;
    marksNumbers = format.marksNumbers();
    for (int feature = 0; feature < places.length; feature++) {
      columns.add(
          categories.contains(feature)
              ? new TextValues(new ArrayList<>(), new HashMap<>())
              : new NumberValues(new Cells(1, remedies, bad)));
    }
  }

  /**
   * Adds a row.
   *
   * @param file name of the table, for messages
   */
  void add(CsvRow row, String file) {
    rows++;
    for (int feature = 0; feature < places.length; feature++) {
      int place = places[feature];
      Values column = columns.get(feature);
      if (column instanceof TextValues texts) {
        String text = row.text(place);
        String value = format.isMissing(text) ? "" : text;
        String known = texts.distinct().putIfAbsent(value, value);
        texts.values().add(known == null ? value : known);
      } else {
        Cells cells = ((NumberValues) column).cells();
        if ((marksNumbers || Double.isNaN(row.number(place)))
            && format.isMissing(row.text(place))) {
          cells.addMissing(file);
        } else {
          cells.add(row, place, file);
        }
      }
    }
  }

  /**
   * How often two different numbers in neighbouring rows of a column became one in 32 bits.
   *
   * @return for each feature; 0 for categories
   */
  List<Integer> merged() {
    return columns.stream()
        .map(column -> column instanceof NumberValues numbers ? numbers.cells().merged(0) : 0)
        .toList();
  }

  /** All of them. */
  TypedRows toRows() {
    List<TypedRows.Column> typed = new ArrayList<>();
    for (Values column : columns) {
      typed.add(
          column instanceof TextValues texts
              ? new TypedRows.Texts(texts.values())
              : new TypedRows.Numbers(((NumberValues) column).cells().toArray()));
    }
    return new TypedRows(typed, rows);
  }
}
