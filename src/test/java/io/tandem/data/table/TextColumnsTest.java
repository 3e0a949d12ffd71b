package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column of texts is one mistake, however many rows there are. */
class TextColumnsTest {
  @TempDir private Path folder = Path.of("");

  private List<String> mistakes(String label, String header, IntFunction<String> row)
      throws IOException {
    String rows = IntStream.range(0, 300).mapToObj(row).collect(Collectors.joining("\n"));
    Path file = Files.writeString(folder.resolve("t.csv"), header + "\n" + rows + "\n");
    CsvFormat format = new CsvFormat(true, label, ',', List.of("id"), List.of());
    return Assertions.catchThrowableOfType(
            DataException.class,
            () ->
                CsvReader.read(
                    StoredBytes.file(file, CsvReader.KIND), format, StoredBytes.sha256()))
        .lines()
        .stream()
        .map(line -> line.replace(file.toString(), "t.csv"))
        .toList();
  }

  private static String color(int row) {
    return List.of("red", "green", "blue").get(row % 3);
  }

  @Test
  void read_columnsOfTexts_areALineEach() throws IOException {
    assertThat(
            mistakes(
                "kind",
                "id,a,color,b,size,kind",
                row -> row + ",1.5," + color(row) + ",2," + (row < 10 ? "1" : "big") + ",x"))
        .containsExactly(
            "t.csv: column \"color\" has text in 300 of 300 rows, such as \"red\" in line 2,"
                + " expected numbers; encode it as numbers, or leave it out with --set"
                + " data.format.ignore=id,color,size",
            "t.csv: column \"size\" has text in 290 of 300 rows, such as \"big\" in line 12,"
                + " expected numbers; encode it as numbers, or leave it out with --set"
                + " data.format.ignore=id,color,size");
  }

  @Test
  void read_fewTextsAmongNumbers_keepTheirPlaces() throws IOException {
    assertThat(
            mistakes(
                "kind",
                "id,a,color,kind",
                row -> row + "," + (row == 1 || row == 7 ? "two" : "2") + "," + color(row) + ",x"))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("t.csv: column \"color\" has text in 300 of"),
            line -> assertThat(line).startsWith("t.csv:3:2: \"two\" is not a number"),
            line -> assertThat(line).startsWith("t.csv:9:2: \"two\" is not a number"));
  }

  @Test
  void read_labelThatCountsBesideOneColumnOfTexts_asksForTheLabel() throws IOException {
    assertThat(
            mistakes("a", "id,a,color,b", row -> row + "," + row / 10.0 + "," + color(row) + ",2"))
        .singleElement()
        .asString()
        .endsWith(
            "; the label \"a\" is a number that differs from row to row: is \"color\" the label?"
                + " Then use --set data.format.label=color");
  }
}
