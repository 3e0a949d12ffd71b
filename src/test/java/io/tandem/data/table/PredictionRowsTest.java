package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableEncoding;
import io.tandem.data.TableLayout;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableInput;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.NumberMarks;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A prediction is worthless if its columns are mixed up or one of its rows is lost. */
class PredictionRowsTest {
  private static final List<String> MISSING = List.of("NA", "?");
  // Of a table id,b,kind,a whose id is ignored: the model takes b, a.
  private static final TableLayout NAMED =
      new TableLayout(List.of("id", "b", "kind", "a"), true, 2, List.of(1, 3), ',', MISSING);
  private static final TableLayout BARE =
      new TableLayout(
          List.of("column0", "column1", "column2"), false, 2, List.of(0, 1), ',', MISSING);
  private static final PredictionRows.Request PLAIN =
      PredictionRows.Request.features(DialectSettings.UNKNOWN);

  private static List<PredictionRows.Batch> batches(
      String text, TableLayout layout, PredictionRows.Request request) {
    return batches(text, layout, Optional.empty(), request);
  }

  private static List<PredictionRows.Batch> batches(
      String text,
      TableLayout layout,
      Optional<TableEncoding> encoding,
      PredictionRows.Request request) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<PredictionRows.Batch> found = new ArrayList<>();
    PredictionRows.read(
        TableInput.csv(
            new StoredBytes(
                "rows.csv", PredictionRows.kind(), () -> new ByteArrayInputStream(bytes))),
        layout,
        encoding,
        request,
        found::add);
    return found;
  }

  private static final TableEncoding.Column COLORS =
      new TableEncoding.Categories(List.of("red", "blue"), true, false);

  private static final TableEncoding.Column NUMBER = new TableEncoding.Numbers(0, true);

  private static int rows(String text, TableLayout layout, TableEncoding.Column... columns) {
    return batches(text, layout, Optional.of(new TableEncoding(List.of(columns))), PLAIN).stream()
        .mapToInt(PredictionRows.Batch::rows)
        .sum();
  }

  /** A first row of texts may be a header, or a row of categories. */
  @Test
  void read_categories_neitherLosesARowNorAnswersAHeader() {
    assertThat(rows("red,blue\nred,new\n", BARE, COLORS, COLORS)).isEqualTo(2);
    assertThat(rows("new,new\nred,new\n", BARE, COLORS, COLORS)).isEqualTo(2);
    assertThat(rows("column0,column1\nred,new\n", BARE, COLORS, COLORS)).isOne();
    assertThat(rows("color,size\nnew,1\n", BARE, COLORS, NUMBER)).isOne();
    assertThat(rows("red,blue\nnew,\n", NAMED, COLORS, COLORS)).isEqualTo(2);
    assertThat(rows("a,b\nred,red\n", NAMED, COLORS, COLORS)).isOne();
    TableEncoding mixed = new TableEncoding(List.of(COLORS, NUMBER));
    assertThatThrownBy(() -> batches("red,unknown\nred,1\n", BARE, Optional.of(mixed), PLAIN))
        .hasMessageContaining("rows.csv:1:2: \"unknown\" is not a number");
    assertThatThrownBy(() -> batches("c,d\nred,1\n", NAMED, Optional.of(mixed), PLAIN))
        .hasMessageContaining("no column is called");
  }

  private static float[] read(String text, TableLayout layout) {
    List<PredictionRows.Batch> found = batches(text, layout, PLAIN);
    assertThat(found).hasSize(1);
    return found.get(0).features();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      String text, TableLayout layout, PredictionRows.Request request) {
    return assertThatThrownBy(() -> batches(text, layout, request))
        .isInstanceOf(DataException.class)
        .satisfies(
            error ->
                assertThat(((DataException) error).lines())
                    .allMatch(line -> line.startsWith("rows.csv:")));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(String text) {
    return refused(text, NAMED, PLAIN);
  }

  @Test
  void read_header_findsFeaturesByNameInAnyOrder() {
    assertThat(read("b,a\n2,1\n4,3\n", NAMED)).containsExactly(2, 1, 4, 3);
    assertThat(read("a,b\n1,2\n3,4\n", NAMED)).containsExactly(2, 1, 4, 3);
    assertThat(read("note,a,kind,b\nx,1,k,2\n,3,,4\n", NAMED)).containsExactly(2, 1, 4, 3);
  }

  /** A model that was trained without names has numbers for names: they tell an order as well. */
  @Test
  void read_headerWithTheNamesOfAModelWithoutNames_findsFeaturesByName() {
    assertThat(read("column1,column0\n2,1\n", BARE)).containsExactly(1, 2);
    assertThat(read("a,b\n2,1\n", BARE)).containsExactly(2, 1);
  }

  @Test
  void read_missingFeature_isNotGivenTheNameOfAnother() {
    refused("a,x\n1,2\n").message().doesNotContain("but one is called \"a\"");
  }

  @Test
  void read_theTrainingTableItself_ignoresLabelAndOtherColumns() {
    assertThat(read("id,b,kind,a\n7,2,x,1\n", NAMED)).containsExactly(2, 1);
    assertThat(read("7,2,x,1\n", NAMED)).containsExactly(2, 1);
    assertThat(read("2,1,x\n", BARE)).containsExactly(2, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"B,A|\"b\"", "b,c|\"a\"", "width,height|\"b\"", "b|\"a\"", "id,kind,b,x|\"a\""})
  void read_headerWithoutAFeature_isRefusedAndNamesIt(String header, String missing) {
    refused(header + "\n" + header.replaceAll("[^,]+", "1") + "\n")
        .hasMessageContaining("rows.csv:1: no column is called " + missing);
  }

  @Test
  void read_namesThatAreNumbers_areAHeaderOnlyIfAllAreThere() {
    TableLayout numbers =
        new TableLayout(List.of("0", "1", "kind"), true, 2, List.of(0, 1), ',', MISSING);
    assertThat(read("1,0\n5,6\n", numbers)).containsExactly(6, 5);
    assertThat(read("1,7\n5,6\n", numbers)).containsExactly(1, 7, 5, 6);
  }

  @Test
  void read_withoutHeader_takesTheModelsOrder() {
    assertThat(read("2,1\n4,3\n", NAMED)).containsExactly(2, 1, 4, 3);
    assertThat(read("2,1\n4,3\n", BARE)).containsExactly(2, 1, 4, 3);
    assertThat(read("\uFEFF2,1\n4,3\n", NAMED)).containsExactly(2, 1, 4, 3);
    assertThat(read("width,height\n2,1\n", BARE)).containsExactly(2, 1);
  }

  /** A first row with a gap was swallowed as a header. */
  @ParameterizedTest
  @ValueSource(strings = {"NA,1\n2,3\n", "1,?\n2,3\n", ",1\n2,3\n", "NA,NA\n2,3\n", "1,two\n"})
  void read_gapInFirstRow_isNoHeader(String text) {
    refused(text).hasMessageMatching("rows.csv:1:[12]: .*");
  }

  @Test
  void read_manyRows_comeInBatchesWithTheirLines() {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int row = 0; row < 2500; row++) {
      text.append(row).append(",0\n");
    }
    List<PredictionRows.Batch> found = batches(text.toString(), NAMED, PLAIN);
    assertThat(found.stream().map(PredictionRows.Batch::rows)).containsExactly(1024, 1024, 452);
    assertThat(found.get(2).lines().get(451)).isEqualTo(2501);
    assertThat(found.get(2).features()[2 * 451 + 1]).isEqualTo(2499);
  }

  @Test
  void read_idAndLabels_arePassedOn() {
    PredictionRows.Request byName =
        new PredictionRows.Request(DialectSettings.UNKNOWN, List.of("id"), "--id", true);
    PredictionRows.Batch batch =
        batches("id,b,kind,a\n007,2,x,1\n\"a,b\",4,y,3\n", NAMED, byName).get(0);
    assertThat(batch.passed()).containsExactly(List.of("007"), List.of("a,b"));
    assertThat(batch.labels()).containsExactly(List.of("x"), List.of("y"));
    PredictionRows.Request byPlace =
        new PredictionRows.Request(DialectSettings.UNKNOWN, List.of("0"), "--id", true);
    assertThat(batches("2,1,x\n", BARE, byPlace).get(0).passed()).containsExactly(List.of("2"));
    refused("id,b,a\n1,2,3\n", NAMED, byName).hasMessageContaining("no column is called \"kind\"");
    refused("b,kind,a\n1,2,3\n", NAMED, byName).hasMessageContaining("\"id\" (given by --id)");
    refused("2,1\n", BARE, byPlace).hasMessageContaining("no label, expected the column");
    assertThat(batches("2,1,?\n2,1,x\n", BARE, byPlace).get(0).labels())
        .containsExactly(List.of(""), List.of("x"));
    refused("2,1,x\n", BARE, byName).hasMessageContaining("--id \"id\" is not a column");
  }

  @Test
  void read_otherDelimiter_isFoundOrSuggested() {
    PredictionRows.Request semicolon = PredictionRows.Request.features(DialectSettings.of(';'));
    assertThat(batches("a;b\n1;2\n", NAMED, semicolon).get(0).features()).containsExactly(2, 1);
    PredictionRows.Request comma = PredictionRows.Request.features(DialectSettings.of(','));
    for (String text : List.of("a;b\n1;2\n", "\"a\";\"b\"\n1;2\n")) {
      assertThat(read(text, NAMED)).containsExactly(2, 1);
      refused(text, NAMED, comma).hasMessageContaining("use --delimiter ';'");
    }
    assertThat(read("2;1\n", NAMED)).containsExactly(2, 1);
    refused("1;2\n", NAMED, comma).hasMessageContaining("use --delimiter ';'");
  }

  @Test
  void read_wrongNumberOfColumns_isRefused() {
    refused("1,2,3\n")
        .hasMessageContaining(
            "rows.csv:1: the row has 3 cells, expected the 2 features of the model")
        .hasMessageContaining("(b, a), or all 4 columns");
    refused("1\n").hasMessageContaining("the row has 1 cell,");
    refused("c,a,b\n1,2,3\n1,2\n")
        .hasMessageContaining("rows.csv:3:3: the row has 2 cells, expected 3 as in the first row");
  }

  @Test
  void read_severalMistakes_areReportedTogetherAndNoFurtherRowIsAnswered() {
    List<PredictionRows.Batch> found = new ArrayList<>();
    String good = "1,2\n".repeat(1024);
    byte[] bytes = (good + "1,x\n" + good + "\"1,5\",2\n1\n").getBytes(StandardCharsets.UTF_8);
    StoredBytes input =
        new StoredBytes("rows.csv", PredictionRows.kind(), () -> new ByteArrayInputStream(bytes));
    assertThatThrownBy(
            () ->
                PredictionRows.read(
                    TableInput.csv(input), NAMED, Optional.empty(), PLAIN, found::add))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("rows.csv:1025:2: \"x\" is not a number")
        .hasMessageContaining("\nrows.csv:2050:1: \"1,5\" has a decimal comma")
        .hasMessageContaining("\nrows.csv:2051:2: the row has 1 cell, expected 2");
    assertThat(found).hasSize(1);
  }

  @Test
  void read_lineOfExcelForTheSeparator_isUsedUnlessAnotherIsGiven() {
    assertThat(read("sep=;\na;b\n1;2\n", NAMED)).containsExactly(2, 1);
    refused("sep=;\nb;a\n1;2\n", NAMED, PredictionRows.Request.features(DialectSettings.of(',')))
        .hasMessage(
            "rows.csv:1: the line \"sep=;\" is a setting for Excel and contradicts the delimiter"
                + " \",\"; use --delimiter ';', or delete the line");
  }

  @Test
  void read_decimalCommasWithoutHeader_areNoHeader() {
    refused("\"1,5\",\"2,5\"\n").hasMessageContaining("rows.csv:1:1: \"1,5\" has a decimal comma");
    assertThat(read("1,5;2,5\n", NAMED)).containsExactly(1.5f, 2.5f);
  }

  private static final Dialect GERMAN =
      new Dialect(
          Delimiter.of(';'), '"', new NumberMarks(',', '.'), Charset.forName("windows-1252"));

  /** Of a table whose numbers have commas, and points between thousands. */
  private static final TableLayout TRAINED =
      new TableLayout(
          List.of("id", "b", "größe", "a"),
          true,
          -1,
          List.of(2),
          List.of(1, 3),
          GERMAN,
          List.of("-9,5"));

  private static PredictionRows.Batch trained(byte[] bytes, boolean labels) {
    List<PredictionRows.Batch> found = new ArrayList<>();
    PredictionRows.read(
        TableInput.csv(
            new StoredBytes(
                "rows.csv", PredictionRows.kind(), () -> new ByteArrayInputStream(bytes))),
        TRAINED,
        Optional.of(new TableEncoding(List.of(NUMBER, NUMBER))),
        new PredictionRows.Request(DialectSettings.UNKNOWN, List.of("id"), "--id", labels),
        found::add);
    return found.get(0);
  }

  /** Whatever rows are written in, they are what they would be in the training table. */
  @Test
  void read_otherDialectThanTheTrainingTables_isFound() {
    String german = "id;b;größe;a\n1.500,0;1.234,5;-2,5;-9,5\n2;2,000;-9,5;7\n";
    String english = "id,b,größe,a\n\"1.500,0\",1234.5,-2.5,-9.5\n2,2.000,-9.5,7\n";
    String excel = "sep=;\n" + german.replace("\n", ";\n");
    for (PredictionRows.Batch batch :
        List.of(
            trained(german.getBytes(GERMAN.encoding()), true),
            trained(german.getBytes(StandardCharsets.UTF_8), true),
            trained(english.getBytes(StandardCharsets.UTF_8), true),
            trained(("\uFEFF" + german).getBytes(StandardCharsets.UTF_16LE), true),
            trained(excel.getBytes(GERMAN.encoding()), true))) {
      List<TypedRows.Column> columns = batch.typed().orElseThrow().columns();
      assertThat(((TypedRows.Numbers) columns.get(0)).values()).containsExactly(1234.5f, 2);
      assertThat(((TypedRows.Numbers) columns.get(1)).values()).containsExactly(Float.NaN, 7);
      assertThat(batch.passed())
          .as("identifiers stay as they are")
          .containsExactly(List.of("1.500,0"), List.of("2"));
      assertThat(batch.labels()).containsExactly(List.of("-2.5"), List.of(""));
    }
  }

  /** Under a header in another order, and with numbers written in another way. */
  @Test
  void read_marksOfColumns_followTheColumns() {
    TableLayout layout =
        new TableLayout(
            List.of("id", "b", "kind", "a"),
            true,
            2,
            List.of(),
            List.of(1, 3),
            GERMAN,
            List.of("-9,5"),
            Map.of(3, List.of("-1.000,5"), 2, List.of("none")));
    String rows = "a,kind,b\n-9.5,none,-9.5\n-1000.5,-9.5,-1000.5\n";
    List<PredictionRows.Batch> found = new ArrayList<>();
    PredictionRows.read(
        TableInput.csv(
            new StoredBytes(
                "rows.csv",
                PredictionRows.kind(),
                () -> new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)))),
        layout,
        Optional.of(new TableEncoding(List.of(NUMBER, NUMBER))),
        new PredictionRows.Request(DialectSettings.UNKNOWN, List.of(), "", true),
        found::add);
    List<TypedRows.Column> columns = found.get(0).typed().orElseThrow().columns();
    assertThat(((TypedRows.Numbers) columns.get(0)).values()).containsExactly(Float.NaN, -1000.5f);
    assertThat(((TypedRows.Numbers) columns.get(1)).values()).containsExactly(-9.5f, Float.NaN);
    assertThat(found.get(0).labels()).containsExactly(List.of(""), List.of("-9.5"));
  }

  @Test
  void read_labelWithOtherMarks_isRefused() {
    byte[] rows = "id;b;größe;a\n1;1,5;2.5;3\n".getBytes(GERMAN.encoding());
    assertThatThrownBy(
            () ->
                PredictionRows.read(
                    TableInput.csv(
                        new StoredBytes(
                            "rows.csv",
                            PredictionRows.kind(),
                            () -> new ByteArrayInputStream(rows))),
                    TRAINED,
                    Optional.empty(),
                    new PredictionRows.Request(
                        new DialectSettings(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(','),
                            Optional.empty(),
                            Optional.empty()),
                        List.of(),
                        "",
                        true),
                    batch -> {}))
        .hasMessageContaining("rows.csv:2:3: \"2.5\" has a decimal point, expected a number like")
        .hasMessageContaining("--decimal .");
  }

  @Test
  void read_emptyColumnAtTheEnd_isNoCell() {
    assertThat(read("2,1,\n4,3,\n", BARE)).containsExactly(2, 1, 4, 3);
    assertThat(read("b,a\n2,1,\n4,3,\n", NAMED)).containsExactly(2, 1, 4, 3);
    assertThat(read("b,a,\n2,1,\n4,3,\n", NAMED)).containsExactly(2, 1, 4, 3);
  }

  @Test
  void read_repeatedName_isRefused() {
    refused("a,b,a\n1,2,3\n").hasMessageContaining("rows.csv:1:3: a second column \"a\"");
    assertThat(read("x,a,b,x\n0,1,2,0\n", NAMED)).containsExactly(2, 1);
  }

  @Test
  void read_nothing_isRefused() {
    refused("").hasMessageContaining("the file is empty");
    refused("a,b\n").hasMessageContaining("a header and no rows");
    refused("NaN,NaN\n").hasMessageContaining("rows.csv:1:1: \"NaN\" is not finite");
  }
}
