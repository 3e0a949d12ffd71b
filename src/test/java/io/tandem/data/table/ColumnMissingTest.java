package io.tandem.data.table;

import static io.tandem.data.table.RefusedTable.loading;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.column.DateOrder;
import io.tandem.data.CsvFormat;
import io.tandem.data.CsvFormat.ColumnMarks;
import io.tandem.data.CsvFormat.Declared;
import io.tandem.data.CsvFormat.OwnMarks;
import io.tandem.data.CsvFormat.SplitColumn;
import io.tandem.data.StoredBytes;
import io.tandem.data.TypedRows;
import io.tandem.data.row.TableInput;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Regression;
import io.tandem.outcome.RegressionLoss;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Marks of missing values that one column has and others have not. */
class ColumnMissingTest {
  private static final Optional<List<String>> CLASSES = Optional.of(List.of("NA"));

  private static ColumnMarks marks(String column, String... marks) {
    return new ColumnMarks(column, List.of(marks));
  }

  private static CsvFormat declaring(CsvFormat format, OwnMarks marks) {
    return format.declaring(
        new Declared(
            List.of(), DateOrder.AS_FOUND, List.of(), List.of(), false, Declared.ONE_HOT, marks));
  }

  /** NA and a hyphen are missing in all columns that are not named, but a hyphen is a class. */
  private static CsvFormat format(ColumnMarks... own) {
    return declaring(
        new CsvFormat(true, "y", ',', List.of(), List.of("NA", "-")),
        new OwnMarks(CLASSES, List.of(own)));
  }

  private static CsvFormat regression(List<String> targets, ColumnMarks... own) {
    return declaring(
        new CsvFormat(
            true,
            "y",
            format().dialect(),
            List.of(),
            List.of("NA", "-"),
            List.of(),
            Optional.of(
                new Regression(targets, new RegressionLoss(RegressionLoss.Kind.SQUARED, 1), false)),
            Optional.empty(),
            0),
        new OwnMarks(CLASSES, List.of(own)));
  }

  private static CsvFormat split(ColumnMarks... own) {
    return declaring(
        new CsvFormat(
            true,
            "y",
            format().dialect(),
            List.of(),
            List.of("NA", "-"),
            List.of(),
            Optional.empty(),
            Optional.of(new SplitColumn("g", SplitColumn.Kind.GROUP)),
            0),
        new OwnMarks(CLASSES, List.of(own)));
  }

  private static Table read(String text, CsvFormat format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CsvReader.read(
        TableInput.csv(
            new StoredBytes("table.csv", CsvReader.KIND, () -> new ByteArrayInputStream(bytes))),
        format,
        StoredBytes.sha256());
  }

  private static float[] numbers(Table table, int feature) {
    return ((TypedRows.Numbers) table.typed().orElseThrow().columns().get(feature)).values();
  }

  private static List<String> classes(String text, CsvFormat format) {
    return ((ReadTargets.Labels) read(text, format).targets()).texts();
  }

  @Test
  void read_markOfOneColumn_isANumberInAnother() {
    String text = "a,b,y\n-999,-999,p\n2,NA,p\nNA,4,q\n";
    loading(text, format(marks("a", "-999")))
        .hasMessageContaining("table.csv:4:1: \"NA\" is not a");
    Table table = read(text.replace("NA,4", "3,4"), format(marks("a", "-999")));
    assertThat(numbers(table, 0)).containsExactly(Float.NaN, 2, 3);
    assertThat(numbers(table, 1)).containsExactly(-999, Float.NaN, 4);
    assertThat(table.layout().missing()).containsExactly("NA", "-");
    assertThat(table.layout().columnMissing())
        .isEqualTo(Map.of(0, List.of("-999"), 2, List.of("NA")));
  }

  @Test
  void read_markOfOneColumn_byIndexWithoutHeader() {
    CsvFormat format =
        declaring(
            new CsvFormat(false, "-1", ','),
            new OwnMarks(Optional.empty(), List.of(marks("-2", "-999"))));
    Table table = read("-999,-999,p\n2,3,q\n", format);
    assertThat(numbers(table, 0)).containsExactly(-999, 2);
    assertThat(numbers(table, 1)).containsExactly(Float.NaN, 3);
  }

  @Test
  void read_columnWithoutMarks_hasOnlyEmptyCellsMissing() {
    Table table = read("a,b,y\nNA,NA,p\n-,-,p\n,,q\nNA,NA,q\n", format(marks("b")));
    List<TypedRows.Column> columns = table.typed().orElseThrow().columns();
    assertThat(columns.get(1)).isEqualTo(new TypedRows.Texts(List.of("NA", "-", "", "NA")));
  }

  @Test
  void read_datesAndBooleans_haveTheirOwnMarks() {
    Table table =
        read(
            "d,t,y\n2026-01-01,yes,p\nsoon,maybe,p\n2026-01-31,no,q\n",
            format(marks("d", "soon"), marks("t", "maybe")));
    List<TypedRows.Column> columns = table.typed().orElseThrow().columns();
    assertThat(((TypedRows.Dates) columns.get(0)).text(1)).isEmpty();
    assertThat(((TypedRows.Truths) columns.get(1)).text(1)).isEmpty();
  }

  @Test
  void read_hyphen_isAClassAndNoCategory() {
    String text = "a,y\nx,+\n-,-\nx,+\nz,-\n";
    assertThat(classes(text, format())).containsExactlyInAnyOrder("+", "-");
    assertThat(read(text, format()).typed().orElseThrow().columns())
        .containsExactly(new TypedRows.Texts(List.of("x", "", "x", "z")));
  }

  @Test
  void read_hyphenThatIsWritten_isAMissingLabel() {
    String text = "a,y\n1,+\n2,-\n3,=\n";
    CsvFormat everywhere =
        declaring(new CsvFormat(true, "y", ',', List.of(), List.of("-")), OwnMarks.NONE);
    assertThat(classes(text, everywhere)).containsExactlyInAnyOrder("+", "=");
    assertThat(classes(text, format(marks("y", "-")))).containsExactlyInAnyOrder("+", "=");
    assertThat(classes(text.replace('-', '*'), format(marks("1", "*"))))
        .containsExactlyInAnyOrder("+", "=");
  }

  @Test
  void read_numbersToPredict_haveTheirOwnMarks() {
    String text = "a,u,v\n1,-1,-1\n2,3,-\n3,-1,5\n4,6,7\n5,8,-1\n";
    Table table = read(text, regression(List.of("u", "v"), marks("u", "-1")));
    assertThat(((ReadTargets.Numbers) table.targets()).values()).containsExactly(6, 7, 8, -1);
    assertThat(table.leftOut()).anyMatch(line -> line.contains("3 rows"));
  }

  @Test
  void read_groups_haveTheirOwnMarks() {
    String text = "a,g,y\n1,north,p\n2,-,q\n3,none,p\n";
    loading(text, split())
        .hasMessage(
            "table.csv:3:2: \"-\" is a missing value, expected a value, as the table is divided by it"
                + " (data.split.group); correct the cell or remove the row");
    loading(text, split(marks("g", "none"))).hasMessageContaining("table.csv:4:2: \"none\" is a");
    assertThat(
            ((RowDivision.Groups) read(text, split(marks("g"))).division().orElseThrow()).count())
        .isEqualTo(3);
  }

  @Test
  void read_unknownColumn_namesTheNearest() {
    loading("age,id,y\n1,2,p\n", format(marks("Age", "-999")))
        .hasMessageContaining(
            "table.csv:1: no column is called \"Age\" (data.format.column_missing), expected one of")
        .hasMessageContaining("; did you mean \"age\"?");
    loading("age,id,y\n1,2,p\n", format(marks("7", "-999")))
        .hasMessageContaining("data.format.column_missing 7 does not exist, expected -3 to 2");
  }

  @Test
  void read_columnTwice_isRefused() {
    loading("age,id,y\n1,2,p\n", format(marks("age", "-999"), marks("0", "x")))
        .hasMessage(
            "table.csv:1: data.format.column_missing names column \"age\" twice, expected once; give"
                + " all its marks in one");
  }

  @Test
  void read_ignoredColumn_isRefused() {
    loading(
            "age,id,y\n1,2,p\n",
            declaring(
                new CsvFormat(true, "y", ',', List.of("id"), List.of()),
                new OwnMarks(Optional.empty(), List.of(marks("id", "-999")))))
        .hasMessage(
            "table.csv:1: column \"id\" is in data.format.column_missing and is ignored, expected one"
                + " of the two; take it out of data.format.ignore or of data.format.column_missing");
  }

  /** What is to be done about a column depends on where its marks are. */
  @Test
  void messages_nameTheSettingOfTheColumn() {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(
                row -> {
                  String cell = row % 8 == 0 ? "nd" : String.valueOf(row % 5);
                  return cell + "," + cell + "," + (row % 2 == 0 ? "p" : "q");
                })
            .collect(Collectors.joining("\n", "a,b,y\n", "\n"));
    assertThat(
            TableSuspicions.of(
                read(rows, format(marks("b", "?"))), new Outcome.Classes(List.of("p", "q"))))
        .filteredOn(line -> line.contains("stand for missing values"))
        .satisfiesExactly(
            line -> assertThat(line).contains("\"a\"", "add them to data.format.missing;"),
            line ->
                assertThat(line).contains("\"b\"", "add them to its data.format.column_missing;"));
    loading("a,y\n1,none\n2,none\n", format(marks("y", "none")))
        .hasMessageContaining(
            "or change its data.format.column_missing if what is there is a class");
    loading("a,y\n1,NA\n2,NA\n", format(marks("a", "none")))
        .hasMessageContaining("or change data.format.missing if what is there is a class");
    String numbers = "a,y\n" + "1,2\n".repeat(20);
    loading(numbers + "1,nd\n", regression(List.of("y"), marks("y", "?")))
        .hasMessageContaining("or add it to its data.format.column_missing if it stands for");
    loading(numbers + "1,nd\n", regression(List.of("y"), marks("a", "?")))
        .hasMessageContaining("or add it to data.format.missing if it stands for");
    loading(numbers.replace("2", "p") + "nd,q\n", format(marks("a", "?")))
        .hasMessageContaining(
            "add it to data.format.missing, or to its data.format.column_missing, if it stands for a"
                + " missing value, or name the column in data.format.categorical");
  }
}
