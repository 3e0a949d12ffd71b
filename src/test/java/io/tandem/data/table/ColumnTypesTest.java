package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.column.DateForm;
import io.tandem.column.DateInputs;
import io.tandem.column.DateOrder;
import io.tandem.data.CsvFormat;
import io.tandem.data.StoredBytes;
import io.tandem.data.TypedRows;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** The types of columns are found out, or declared. */
class ColumnTypesTest {
  private static final CsvFormat FORMAT =
      new CsvFormat(true, "y", ',', List.of(), List.of("?"), List.of());

  private static CsvFormat.Declared declared(
      List<String> dates, List<String> numbers, List<String> truths) {
    return new CsvFormat.Declared(dates, DateOrder.AS_FOUND, numbers, truths, false);
  }

  private static Table read(String text, CsvFormat format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CsvReader.read(
        new StoredBytes("table.csv", CsvReader.KIND, () -> new ByteArrayInputStream(bytes)),
        format,
        StoredBytes.sha256());
  }

  private static List<TypedRows.Column> columns(String text, CsvFormat format) {
    return read(text, format).typed().orElseThrow().columns();
  }

  /** A column of cells, each in a row of its own, beside a number. */
  private static String table(String... cells) {
    StringBuilder text = new StringBuilder("c,n,y\n");
    for (int row = 0; row < cells.length; row++) {
      text.append(cells[row]).append(",").append(row % 3).append(row % 2 == 0 ? ",a\n" : ",b\n");
    }
    return text.toString();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> loading(
      String text, CsvFormat.Declared said) {
    return RefusedTable.loading(text, FORMAT.declaring(said));
  }

  @Test
  void read_dates_areFoundInTheirForm() {
    TypedRows.Column found =
        columns(table("31.01.2026", "?", " 1.2.2026 08:30 ", "", "01.03.2026"), FORMAT).get(0);
    assertThat(found).isInstanceOf(TypedRows.Dates.class);
    TypedRows.Dates dates = (TypedRows.Dates) found;
    assertThat(dates.form()).isEqualTo(DateForm.DAY_DOT);
    assertThat(dates.texts())
        .containsExactly("31.01.2026", "", "01.02.2026 08:30", "", "01.03.2026");
    assertThat(dates.local()[1]).isEqualTo(DateInputs.MISSING);
    assertThat(dates.select(new int[] {4, 1}).size()).isEqualTo(2);
  }

  @Test
  void read_dayAndMonth_areToldApartByOneRow() {
    String both = table("01/02/2026", "03/04/2026", "05/06/2026");
    loading(both, CsvFormat.Declared.NOTHING)
        .hasMessage(
            "table.csv: column \"c\" has dates such as \"01/02/2026\", in which day and month cannot"
                + " be told apart, expected a day after the 12th in one of them; use --set"
                + " data.format.date_order=DMY or MDY, or leave the column out with --set"
                + " data.format.ignore=c");
    assertThat(form(both.replace("03/04", "13/04"), DateOrder.AS_FOUND))
        .isEqualTo(DateForm.DAY_SLASH);
    assertThat(form(both.replace("03/04", "03/14"), DateOrder.AS_FOUND))
        .isEqualTo(DateForm.MONTH_SLASH);
    assertThat(form(both, DateOrder.DMY)).isEqualTo(DateForm.DAY_SLASH);
    assertThat(form(both, DateOrder.MDY)).isEqualTo(DateForm.MONTH_SLASH);
    assertThat(form(both.replace("03/04", "13/04"), DateOrder.MDY))
        .as("what the rows show counts")
        .isEqualTo(DateForm.DAY_SLASH);
  }

  private static DateForm form(String text, DateOrder order) {
    CsvFormat format =
        FORMAT.declaring(new CsvFormat.Declared(List.of(), order, List.of(), List.of(), false));
    return ((TypedRows.Dates) columns(text, format).get(0)).form();
  }

  /** One form for all, or it is a column of texts, and a line says why. */
  @Test
  void read_almostDates_areSuspected() {
    String[] cells = new String[40];
    for (int row = 0; row < cells.length; row++) {
      cells[row] = row == 7 ? "soon" : String.format("2026-01-%02d", 1 + row % 28);
    }
    Table some = read(table(cells), FORMAT);
    assertThat(some.typed().orElseThrow().columns().get(0)).isInstanceOf(TypedRows.Texts.class);
    assertThat(some.suspicions())
        .containsExactly(
            "table.csv: column \"c\" is not taken for dates, although 39 of its 40 cells are some,"
                + " such as \"2026-01-01\": \"soon\" is none, add it to data.format.missing if it"
                + " stands for a missing value; name it in data.format.date to see the others");
    cells[7] = "31.01.2026";
    assertThat(read(table(cells), FORMAT).suspicions())
        .singleElement()
        .asString()
        .contains("they are not all of one form");
  }

  @Test
  void read_declaredDates_nameTheCellsThatAreNone() {
    CsvFormat.Declared dates = declared(List.of("c"), List.of(), List.of());
    loading(table("2026-01-31", "soon", "2026-02-30", "01.02.2026"), dates)
        .hasMessageContaining(
            "table.csv:3:1: \"soon\" is no date, expected one like 2026-01-31; correct the cell, add"
                + " it to data.format.missing")
        .hasMessageContaining("table.csv:4:1: \"2026-02-30\" is no date")
        .hasMessageContaining("table.csv:5:1: \"01.02.2026\" is no date");
    loading(table("20260131", "20260201"), dates)
        .hasMessageContaining("table.csv:2:1: \"20260131\" is no date");
    assertThat(columns(table("2026-01-31", ""), FORMAT.declaring(dates)).get(0))
        .isInstanceOf(TypedRows.Dates.class);
  }

  @Test
  void read_truthWords_areOneColumnOfBooleans() {
    for (String words : List.of("true,false", "YES,No", "t,F", "Y,n")) {
      String[] pair = words.split(",", -1);
      TypedRows.Column found = columns(table(pair[0], pair[1], "", pair[0]), FORMAT).get(0);
      assertThat(found).isInstanceOf(TypedRows.Truths.class);
      assertThat(((TypedRows.Truths) found).values()).containsExactly(1, 0, -1, 1);
      assertThat(((TypedRows.Truths) found).texts()).containsExactly("true", "false", "", "true");
    }
    assertThat(columns(table("true", "no", "true", "no"), FORMAT).get(0))
        .isInstanceOf(TypedRows.Texts.class);
    assertThat(read(table("1", "0", "1"), FORMAT).typed()).isEmpty();
  }

  @Test
  void read_declaredBooleans_takeEveryWord() {
    CsvFormat.Declared truths = declared(List.of(), List.of(), List.of("c"));
    assertThat(
            ((TypedRows.Truths)
                    columns(table("1", "0", "yes", "?"), FORMAT.declaring(truths)).get(0))
                .values())
        .containsExactly(1, 0, 1, -1);
    loading(table("true", "maybe", "2"), truths)
        .hasMessageContaining("table.csv:3:1: \"maybe\" is neither true nor false")
        .hasMessageContaining("table.csv:4:1: \"2\" is neither true nor false");
  }

  @Test
  void read_declaredNumbers_refuseTexts() {
    CsvFormat.Declared numbers = declared(List.of(), List.of("c"), List.of());
    loading(table("1", "2", "many", "few"), numbers)
        .hasMessageContaining("table.csv:4:1: \"many\" is not a number")
        .hasMessageContaining("table.csv:5:1: \"few\" is not a number");
    loading(table("red", "green", "red", "green", "blue"), numbers)
        .hasMessage(
            "table.csv: column \"c\" has text in 5 of 5 rows, such as \"red\" in line 2, expected"
                + " numbers as it is in data.format.numeric; correct it, or leave it out with --set"
                + " data.format.ignore=c");
  }

  @Test
  void read_declarationsThatCannotBe_areRefused() {
    String text = table("2026-01-31", "2026-02-01", "2026-02-02");
    loading(text, declared(List.of("c"), List.of("0"), List.of()))
        .hasMessage(
            "table.csv: column \"c\" is in data.format.numeric and in data.format.date, expected one"
                + " of them; take it out of the other");
    loading(text, declared(List.of("y"), List.of(), List.of()))
        .hasMessage(
            "table.csv: column \"y\" is to be predicted, expected a feature; take it out of"
                + " data.format.date");
    loading(text.replace("c,n", "when,n"), declared(List.of(), List.of(), List.of("whem")))
        .hasMessageContaining("no column is called \"whem\" (data.format.boolean)")
        .hasMessageContaining("did you mean \"when\"?");
    assertThat(
            read(
                    text,
                    new CsvFormat(true, "y", ',', List.of("c"), List.of(), List.of())
                        .declaring(declared(List.of("c"), List.of(), List.of())))
                .layout()
                .featureNames())
        .as("what is left out may have a type")
        .containsExactly("n");
  }

  /** A broken file is reported, not what its first rows leave open. */
  @Test
  void read_brokenFile_isReportedBeforeTheOrderOfDates() {
    RefusedTable.loading(table("01/02/2026", "03/04/2026") + "\"05/06/2026", FORMAT)
        .hasMessageContaining("table.csv:4: a quote that begins in this row is never closed");
  }

  @Test
  void read_quantiles_giveNumbersATypeOfTheirOwn() {
    CsvFormat.Declared said =
        new CsvFormat.Declared(List.of(), DateOrder.AS_FOUND, List.of(), List.of(), true);
    assertThat(columns(table("1", "2", "3"), FORMAT.declaring(said)))
        .allMatch(TypedRows.Numbers.class::isInstance);
  }
}
