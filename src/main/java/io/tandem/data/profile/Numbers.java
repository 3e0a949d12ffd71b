package io.tandem.data.profile;

import io.tandem.data.CsvFormat;
import io.tandem.dialect.NumberMarks;

/** Which cells are numbers. */
final class Numbers {
  private Numbers() {}

  static boolean isNumber(String cell, NumberMarks numbers) {
    return CsvFormat.isNumber(cell, numbers);
  }

  static boolean isNumberOrEmpty(String cell, NumberMarks numbers) {
    return cell.isEmpty() || cell.equals("?") || isNumber(cell, numbers);
  }
}
