package io.tandem.data;

/**
 * How a table is written.
 *
 * @param header whether the first row names the columns
 * @param label column of the class: a name from the header or a 0-based index, negative counted
 *     from the end (-1 is the last column)
 * @param delimiter character between two cells
 */
public record CsvFormat(boolean header, String label, char delimiter) {
  /** Checks that there is a label column. */
  public CsvFormat {
    if (label.isEmpty()) {
      throw new IllegalArgumentException("the label column has no name or index");
    }
  }
}
