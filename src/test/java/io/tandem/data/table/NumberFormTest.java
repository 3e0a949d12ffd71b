package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Spreadsheets write numbers as a country shows them; who exports one must learn what to change.
 */
class NumberFormTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,5|has a decimal comma|write it with a point, as 1.5",
        "-,25e-3|has a decimal comma|as -.25e-3",
        "1,234|has a comma, which stands for the decimal point or between thousands|as 1.234, or"
            + " without the comma as 1234",
        "1,234,567|has separators of thousands|write it without them, as 1234567",
        "12,345.6|has separators of thousands|as 12345.6",
        "1'234.5|has separators of thousands|as 1234.5",
        "1 234|has separators of thousands|as 1234",
        "1.234.567,8|has separators of thousands|as 1234567.8",
        "12%|has a percent sign|write it without the sign, as 12",
        "1,5 %|has a percent sign|as 1.5"
      })
  void load_numberAsASpreadsheetShowsIt_namesItsFormAndAnother(
      String cell, String form, String remedy) {
    RefusedTable.loading("a;b;species\n1;" + cell + ";x\n", new CsvFormat(true, "species", ';'))
        .hasMessageContaining(
            "table.csv:2:2: \"" + cell + "\" " + form + ", expected a number like -1.5; ")
        .hasMessageEndingWith(remedy);
  }
}
