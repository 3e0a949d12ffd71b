package io.tandem.data.table;

import io.tandem.data.TypedRows;
import io.tandem.data.row.TextCodes;
import java.util.ArrayList;
import java.util.List;

/** Makes categories of cells that were collected by the numbers of their texts. */
final class CategoryTexts {
  private CategoryTexts() {}

  /**
   * All marks of missing values become the empty text.
   *
   * @param texts has the numbers
   * @param codes for each row the number of its text
   * @param rows number of rows; there may be more codes
   * @param marks texts that are missing values
   */
  static TypedRows.Texts of(TextCodes texts, int[] codes, int rows, MissingMarks marks) {
    List<String> distinct = new ArrayList<>(texts.size());
    int[] places = new int[texts.size()];
    int missing = -1;
    for (int code = 0; code < places.length; code++) {
      String text = texts.text(code);
      boolean gap = marks.contains(text);
      places[code] = gap && missing >= 0 ? missing : distinct.size();
      if (places[code] == distinct.size()) {
        distinct.add(gap ? "" : text);
      }
      missing = gap ? places[code] : missing;
    }
    int[] values = new int[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = places[codes[row]];
    }
    return new TypedRows.Texts(values, distinct);
  }
}
