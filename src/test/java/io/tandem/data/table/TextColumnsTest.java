package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableInput;
import io.tandem.outcome.Outcome;
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

  private Table read(String label, String header, List<String> categorical, IntFunction<String> row)
      throws IOException {
    String rows = IntStream.range(0, 300).mapToObj(row).collect(Collectors.joining("\n"));
    Path file = Files.writeString(folder.resolve("t.csv"), header + "\n" + rows + "\n");
    CsvFormat format = new CsvFormat(true, label, ',', List.of("id"), List.of("?"), categorical);
    return CsvReader.read(
        TableInput.csv(StoredBytes.file(file, CsvReader.KIND)), format, StoredBytes.sha256());
  }

  private List<String> mistakes(
      String label, String header, List<String> categorical, IntFunction<String> row) {
    return Assertions.catchThrowableOfType(
            DataException.class, () -> read(label, header, categorical, row))
        .lines()
        .stream()
        .map(line -> line.replace(folder.resolve("t.csv").toString(), "t.csv"))
        .toList();
  }

  private static String color(int row) {
    return List.of("red", "green", "blue").get(row % 3);
  }

  @Test
  void read_columnsOfTexts_areCategories() throws IOException {
    Table table =
        read(
            "kind",
            "id,a,color,size,name,kind",
            List.of(),
            row ->
                row
                    + (row == 5 ? ",?," : ",1.5,")
                    + color(row)
                    + ","
                    + (row < 10 ? "1" : row == 11 ? "" : "big")
                    + ",name"
                    + row
                    + ",x");
    List<TypedRows.Column> columns = table.typed().orElseThrow().columns();
    assertThat(table.layout().featureNames()).containsExactly("a", "color", "size");
    assertThat(((TypedRows.Numbers) columns.get(0)).values()).hasSize(300).contains(Float.NaN);
    assertThat(((TypedRows.Texts) columns.get(1)).values())
        .startsWith("red", "green", "blue", "red");
    assertThat(((TypedRows.Texts) columns.get(2)).values().subList(8, 13))
        .containsExactly("1", "1", "big", "", "big");
    assertThat(table.leftOut())
        .containsExactly(
            "column \"name\" (left out, has 300 different texts in 300 rows, as names and keys"
                + " have)");
  }

  @Test
  void read_numbersThatAreDeclaredCategories_keepTheirSpelling() throws IOException {
    Table table =
        read("kind", "id,a,code,kind", List.of("code"), row -> row + ",2,0" + row % 7 + ",x");
    assertThat(((TypedRows.Texts) table.typed().orElseThrow().columns().get(1)).values())
        .startsWith("00", "01", "02");
  }

  /** Written as in the table: -999.0 is another mark. */
  @Test
  void read_markThatIsANumber_isMissing() throws IOException {
    String rows = "a,c,kind\n-999,1,x\n2,-999,x\n-999.0,3,x\n";
    Path file = Files.writeString(folder.resolve("t.csv"), rows);
    CsvFormat format = new CsvFormat(true, "kind", ',', List.of(), List.of("-999", "."));
    Table table =
        CsvReader.read(
            TableInput.csv(StoredBytes.file(file, CsvReader.KIND)), format, StoredBytes.sha256());
    List<TypedRows.Column> columns = table.typed().orElseThrow().columns();
    assertThat(((TypedRows.Numbers) columns.get(0)).values()).containsExactly(Float.NaN, 2, -999);
    assertThat(((TypedRows.Numbers) columns.get(1)).values()).containsExactly(1, Float.NaN, 3);
  }

  @Test
  void read_categoriesThatAreMostlyNumbers_areSuspected() throws IOException {
    Table table =
        read(
            "kind",
            "id,a,kind",
            List.of(),
            row -> row + "," + (row % 8 == 0 ? "nd" : String.valueOf(row % 5)) + ",x");
    assertThat(TableSuspicions.of(table, new Outcome.Classes(List.of("a"))))
        .singleElement()
        .asString()
        .contains(
            "column \"a\" is taken for categories, because 38 of its 300 cells are texts, such as"
                + " \"nd\"");
  }

  @Test
  void read_fewRowsOfTextsAlone_areCategories() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "c,kind\na,x\n,x\na,x\n");
    CsvFormat format = new CsvFormat(true, "kind", ',');
    assertThat(
            CsvReader.read(
                    TableInput.csv(StoredBytes.file(file, CsvReader.KIND)),
                    format,
                    StoredBytes.sha256())
                .typed()
                .orElseThrow()
                .columns())
        .containsExactly(new TypedRows.Texts(List.of("a", "", "a")));
  }

  @Test
  void read_precisionBesideCategories_isSuspectedToo() throws IOException {
    Table table =
        read(
            "kind",
            "id,t,c,kind",
            List.of(),
            row -> row + "," + (100_000_000L + row) + "," + color(row) + ",x");
    assertThat(String.join("\n", TableSuspicions.of(table, new Outcome.Classes(List.of("a")))))
        .contains("more digits than");
  }

  @Test
  void read_numbersAlone_haveNoTypes() throws IOException {
    assertThat(read("kind", "id,a,kind", List.of(), row -> row + ",2,x").typed()).isEmpty();
  }

  @Test
  void read_fewTextsAmongNumbers_areMistakes() {
    assertThat(
            mistakes(
                "kind",
                "id,a,color,kind",
                List.of(),
                row -> row + "," + (row == 1 || row == 7 ? "two" : "2") + "," + color(row) + ",x"))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("t.csv:3:2: \"two\" is not a number"),
            line -> assertThat(line).startsWith("t.csv:9:2: \"two\" is not a number"));
  }

  @Test
  void read_declaredCategoriesThatCannotBe_areRefused() {
    assertThat(mistakes("kind", "id,a,kind", List.of("a"), row -> row + "," + row + ",x"))
        .singleElement()
        .asString()
        .contains("column \"a\" has 300 different texts in 300 rows")
        .endsWith("data.format.ignore=id,a");
    assertThat(mistakes("kind", "id,a,kind", List.of("b"), row -> row + ",1,x"))
        .singleElement()
        .asString()
        .contains("no column is called \"b\" (data.format.categorical)");
    assertThat(mistakes("kind", "id,a,kind", List.of("kind"), row -> row + ",1,x"))
        .singleElement()
        .asString()
        .contains("column \"kind\" is the label");
  }

  @Test
  void checkCounts_labelThatCountsBesideOneColumnOfTexts_asksForTheLabel() throws IOException {
    Table table =
        read(
            "a",
            "id,a,color,b",
            List.of(),
            row -> row + "," + row / 10.0 + "," + color(row) + ",2");
    assertThatThrownBy(() -> ClassLabels.checkCounts(table, table.labels().orElseThrow()))
        .hasMessageContaining("looks like a number to be predicted")
        .hasMessageEndingWith("; is \"color\" the label? Then use --set data.format.label=color");
  }
}
