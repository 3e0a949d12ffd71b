package io.tandem.data.profile;

import io.tandem.data.CsvFormat;

/** Which cells are numbers. */
final class Numbers {
  private Numbers() {}

  static boolean isNumber(String cell) {
    return CsvFormat.isNumber(cell);
  }

  static boolean isNumberOrEmpty(String cell) {
    return cell.isEmpty() || cell.equals("?") || isNumber(cell);
  }
}
