package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Excel reads {@code sep=;} as a setting; elsewhere it looks like a header of one column. */
class SeparatorLineTest {
  private static AbstractThrowableAssert<?, ? extends Throwable> loading(
      String text, CsvFormat format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StoredBytes input =
        new StoredBytes("table.csv", CsvReader.KIND, () -> new ByteArrayInputStream(bytes));
    return assertThatThrownBy(() -> CsvReader.read(input, format, StoredBytes.sha256()))
        .isInstanceOf(DataException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sep=;|,|delete the line and set data.format.delimiter: \";\"",
        "SEP=;;;|;|delete the line",
        "\"sep=;\"|;|delete the line",
        "sep=\\t|,|delete the line and set data.format.delimiter: \"\\t\""
      })
  void load_lineOfExcelForTheSeparator_isNamed(String first, char delimiter, String remedy) {
    String line = first.replace("\\t", "\t");
    for (String start : List.of("", "\uFEFF")) {
      loading(
              start + line + "\r\na;b;species\r\n1;2;x\r\n",
              new CsvFormat(true, "species", delimiter))
          .hasMessageContaining("table.csv:1: the line \"")
          .hasMessageContaining("is a setting for Excel, expected the header or a row; ")
          .hasMessageEndingWith(remedy);
    }
  }
}
