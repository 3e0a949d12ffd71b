package io.tandem.data.table;

import io.tandem.data.CsvFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Excel reads {@code sep=;} as a setting; elsewhere it looks like a header of one column. */
class SeparatorLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sep=;|,|delete the line and use --set 'data.format.delimiter=;'",
        "SEP=;;;|;|delete the line",
        "\"sep=;\"|;|delete the line",
        "sep=\\t|,|delete the line and use --set 'data.format.delimiter=\\t'"
      })
  void load_lineOfExcelForTheSeparator_isNamed(String first, char delimiter, String remedy) {
    String line = first.replace("\\t", "\t");
    for (String start : List.of("", "\uFEFF")) {
      RefusedTable.loading(
              start + line + "\r\na;b;species\r\n1;2;x\r\n",
              new CsvFormat(true, "species", delimiter))
          .hasMessageContaining("table.csv:1: the line \"")
          .hasMessageContaining("is a setting for Excel, expected the header or a row; ")
          .hasMessageEndingWith(remedy);
    }
  }
}
