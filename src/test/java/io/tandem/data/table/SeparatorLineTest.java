package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.CsvFormat;
import io.tandem.data.StoredBytes;
import io.tandem.dialect.DialectSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Excel reads {@code sep=;} as a setting and does not show it. */
class SeparatorLineTest {
  private static final CsvFormat FOUND =
      new CsvFormat(true, "species", ',').with(DialectSettings.UNKNOWN);

  private static Table read(String text, CsvFormat format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CsvReader.read(
        new StoredBytes("table.csv", CsvReader.KIND, () -> new ByteArrayInputStream(bytes)),
        format,
        StoredBytes.sha256());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"sep=;|;", "SEP=;;;|;", "\"sep=;\"|;", "sep=\\t|\\t", "sep=,|,", "sep=:|:"})
  void load_lineOfExcelForTheSeparator_isUsedAndNoRow(String first, String delimiter) {
    String line = first.replace("\\t", "\t");
    char symbol = delimiter.equals("\\t") ? '\t' : delimiter.charAt(0);
    String rows = "\r\na;b;species\r\n1;2;x\r\n3;4;y\r\n".replace(';', symbol);
    for (String start : List.of("", "\uFEFF")) {
      Table found = read(start + line + rows, FOUND);
      assertThat(found.rows()).isEqualTo(2);
      assertThat(found.layout().columns()).containsExactly("a", "b", "species");
      assertThat(found.layout().dialect().delimiter().symbol()).isEqualTo(symbol);
      assertThat(found.labels().orElseThrow().lines()).as("of the file").containsExactly(3L, 4L);
      assertThat(read(start + line + rows, new CsvFormat(true, "species", symbol)).rows())
          .as("a delimiter that is the same")
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sep=;|use --set 'data.format.delimiter=;', or delete the line",
        "sep=\\t|use --set 'data.format.delimiter=\\t', or delete the line"
      })
  void load_lineOfExcelForAnotherSeparator_isRefused(String first, String remedy) {
    RefusedTable.loading(
            first.replace("\\t", "\t") + "\r\na,b,species\r\n1,2,x\r\n",
            new CsvFormat(true, "species", ','))
        .hasMessageContaining("table.csv:1: the line \"")
        .hasMessageContaining("is a setting for Excel and contradicts the delimiter \",\"; ")
        .hasMessageEndingWith(remedy);
  }
}
