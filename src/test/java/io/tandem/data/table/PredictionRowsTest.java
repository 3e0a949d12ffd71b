package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prediction is worthless if its columns are mixed up: found by name, or counted. */
class PredictionRowsTest {
  private static final List<String> NAMES = List.of("a", "b");

  @TempDir private Path folder;

  private PredictionRows read(String text, List<String> names) throws IOException {
    return PredictionRows.read(Files.writeString(folder.resolve("rows.csv"), text), 2, names);
  }

  @Test
  void read_withoutHeader_takesPositions() throws IOException {
    assertThat(read("1,2\n3,4\n", NAMES))
        .isEqualTo(new PredictionRows(new float[] {1, 2, 3, 4}, 2));
    assertThat(read("1,2\n", List.of()).rows()).isEqualTo(1);
  }

  @Test
  void read_headerWithAllNames_takesNamesAndIgnoresOthers() throws IOException {
    assertThat(read("label,b,id,a\nx,2,,1\ny,4,q,3\n", NAMES).features())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void read_numericNames_areFoundInHeader() throws IOException {
    assertThat(read("1,0\n5,6\n", List.of("0", "1")).features()).containsExactly(6, 5);
  }

  @Test
  void read_otherHeader_takesPositions() throws IOException {
    assertThat(read("width,height\n1,2\n", NAMES).features()).containsExactly(1, 2);
  }

  @Test
  void read_otherDelimiter_isUsed() throws IOException {
    Path file = Files.writeString(folder.resolve("rows.csv"), "1;2\n");
    assertThat(PredictionRows.read(file, 2, NAMES, ';').features()).containsExactly(1, 2);
  }

  @Test
  void read_wrongNumberOfColumns_isRefused() {
    assertThatThrownBy(() -> read("1,2,x\n", NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("rows.csv:1:3: the row has 3 cells, expected 2")
        .hasMessageContaining("leave out the label");
    assertThatThrownBy(() -> read("1\n", NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("rows.csv:1:2: the row has 1 cell, expected 2");
  }

  @Test
  void read_raggedRow_isRefused() {
    assertThatThrownBy(() -> read("c,a,b\n1,2,3\n1,2\n", NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("rows.csv:3:3: the row has 2 cells, expected 3 as in the first row");
  }

  @Test
  void read_badCellInFirstRow_isNoHeader() {
    assertThatThrownBy(() -> read("1,two\n", NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("rows.csv:1:2: \"two\" is not a number");
  }

  @Test
  void read_nonFinite_isRefused() {
    assertThatThrownBy(() -> read("NaN,NaN\n", NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("rows.csv:1:1: \"NaN\" is not finite");
  }

  @Test
  void read_repeatedName_isRefused() {
    assertThatThrownBy(() -> read("a,b,a\n1,2,3\n", NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("rows.csv:1:3: a second column \"a\"");
  }

  @Test
  void read_nothing_isRefused() {
    assertThatThrownBy(() -> read("", NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> read("a,b\n", NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a header and no rows");
    assertThatThrownBy(() -> PredictionRows.read(folder.resolve("none.csv"), 2, NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no such file");
  }
}
