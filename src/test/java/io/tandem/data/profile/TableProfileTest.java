package io.tandem.data.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.source.TableSources;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableProfileTest {
  @TempDir private Path folder = Path.of("");

  private TableProfile profile(String text, String... target) throws IOException {
    return profile(List.of(), text, target);
  }

  private TableProfile profile(List<CsvFormat.ColumnMarks> own, String text, String... target)
      throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    return TableProfile.of(
        new TableSources().of(file),
        new TableProfile.Known(
            DialectSettings.UNKNOWN,
            Optional.empty(),
            target.length == 0 ? Optional.empty() : Optional.of(target[0]),
            List.of("NA", "?", "-"),
            new CsvFormat.OwnMarks(Optional.of(List.of("NA", "?")), own)));
  }

  private static String table(String header, int rows, IntFunction<String> row) {
    return header + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n")) + "\n";
  }

  private ColumnProfile column(TableProfile profile, String name) {
    return profile.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void of_delimiter_isFound(String delimiter) throws IOException {
    TableProfile profile =
        profile(
            table("a#b#c\n", 20, row -> row + "#\"x, y; z|\"#" + row % 2).replace("#", delimiter));
    assertThat(profile.dialect()).contains(Dialect.of(delimiter.charAt(0)));
    assertThat(profile.header()).isTrue();
    assertThat(profile.columns()).extracting(ColumnProfile::name).containsExactly("a", "b", "c");
    assertThat(column(profile, "b").frequent().get(0).value()).isEqualTo("x, y; z|");
  }

  @Test
  void of_header_isFoundAboveNumbersAndAboveOtherTexts() throws IOException {
    assertThat(profile("a,b\n1,x\n2,y\n").header()).isTrue();
    assertThat(profile("1,x\n1,x\n2,y\n").header()).isFalse();
    assertThat(profile("color,shape\nred,round\nred,square\n").header()).isTrue();
    assertThat(profile("red,round\nblue,round\nred,square\n").header()).isFalse();
    assertThat(profile("a,a\n1,2\n3,4\n").header()).isFalse();
  }

  @Test
  void of_emptyColumnsAtTheEnd_sayNothingOfTheHeader() throws IOException {
    assertThat(profile("color,shape,,\nred,round,,\nred,square,,\n").header()).isTrue();
    TableProfile bare = profile("red,round,\nblue,round,\nred,square,\n");
    assertThat(bare.header()).isFalse();
    assertThat(bare.rows()).isEqualTo(3);
    assertThat(bare.columns()).hasSize(2);
  }

  @Test
  void of_columns_haveKindsAndCounts() throws IOException {
    TableProfile profile =
        profile(
            table(
                "id,n,c,one,none,key,y\n",
                40,
                row ->
                    row
                        + ","
                        + (row % 4 == 0 ? "?" : String.valueOf(row % 5 / 2.0))
                        + ","
                        + List.of("red", "green").get(row % 2)
                        + ",same,,key-"
                        + row
                        + ","
                        + row % 3));
    assertThat(profile.columns())
        .extracting(ColumnProfile::kind)
        .containsExactly(
            ColumnProfile.Kind.NUMBER,
            ColumnProfile.Kind.NUMBER,
            ColumnProfile.Kind.CATEGORY,
            ColumnProfile.Kind.CONSTANT,
            ColumnProfile.Kind.EMPTY,
            ColumnProfile.Kind.IDENTIFIER,
            ColumnProfile.Kind.NUMBER);
    ColumnProfile numbers = column(profile, "n");
    assertThat(numbers.missing()).isEqualTo(10);
    assertThat(numbers.missingShare()).isEqualTo(0.25);
    assertThat(numbers.low()).isZero();
    assertThat(numbers.high()).isEqualTo(2);
    assertThat(numbers.whole()).isFalse();
    assertThat(column(profile, "c").frequent())
        .containsExactly(
            new ColumnProfile.Frequency("green", 20), new ColumnProfile.Frequency("red", 20));
    assertThat(profile.predictsNumber()).isFalse();
    assertThat(profile.warnings())
        .anyMatch(line -> line.startsWith("column \"id\" has a different whole number"))
        .anyMatch(line -> line.startsWith("column \"one\" is \"same\" wherever"))
        .anyMatch(line -> line.startsWith("column \"none\" has no value"))
        .anyMatch(line -> line.startsWith("column \"key\" has 40 different texts"));
  }

  @Test
  void of_target_isANumberOrAClass() throws IOException {
    String table = table("a,b\n", 60, row -> row / 2.0 + "," + row % 3);
    assertThat(profile(table).predictsNumber()).isFalse();
    assertThat(profile(table, "a").predictsNumber()).isTrue();
    assertThat(profile(table, "-2").targetColumn().name()).isEqualTo("a");
    assertThat(profile(table("a,b\n", 60, row -> "1," + row)).predictsNumber()).isTrue();
    assertThatThrownBy(() -> profile(table, "bb"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no column is called \"bb\" (--target), did you mean \"b\"?");
  }

  @Test
  void of_columnThatTellsTheTarget_isReported() throws IOException {
    String classes =
        table("sex,alive,y\n", 40, row -> "m," + (row % 2 == 0 ? "no" : "yes") + "," + row % 2);
    assertThat(profile(classes).warnings())
        .anyMatch(line -> line.startsWith("column \"alive\" tells column \"y\""))
        .noneMatch(line -> line.startsWith("column \"sex\" tells"));
    String numbers =
        table("miles,other,km\n", 40, row -> row + "," + row * row + "," + (1e6 + row * 1.609));
    assertThat(profile(numbers).warnings())
        .anyMatch(line -> line.startsWith("column \"miles\" tells column \"km\""))
        .noneMatch(line -> line.startsWith("column \"other\" tells"));
  }

  @Test
  void of_rowsThatAreOdd_areReported() throws IOException {
    String text = table("a,b\n", 20, row -> row % 4 + "," + row % 2) + "1,2,3\n";
    assertThat(profile(text).warnings())
        .anyMatch(line -> line.startsWith("1 row has another number of cells"))
        .anyMatch(line -> line.startsWith("16 rows are a copy of another one (80.0 %)"));
    String rare = table("a,b\n", 100, row -> row + "," + (row < 4 ? "yes" : "no"));
    assertThat(profile(rare).warnings())
        .anyMatch(line -> line.startsWith("only 4.0 % of the rows are of class \"yes\""));
    String text2 = table("a,b\n", 40, row -> (row == 7 ? "x" : "1." + row) + "," + row % 2);
    assertThat(profile(text2).warnings())
        .anyMatch(line -> line.startsWith("column \"a\" has 1 text among its numbers"));
    String many = table("a,b\n", 60, row -> row % 9 + ",n" + row / 2);
    assertThat(profile(many).warnings())
        .anyMatch(
            line -> line.contains("has 30 different values in 60 rows, too many for classes"));
  }

  @Test
  void of_noRows_isRefused() {
    assertThatThrownBy(() -> profile("")).hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> profile("a,b\n")).hasMessageContaining("no row with values");
  }

  @Test
  void of_marksOfAColumn_areMissingInItAlone() throws IOException {
    TableProfile profile =
        profile(
            List.of(new CsvFormat.ColumnMarks("a", List.of("-999", "unknown"))),
            table(
                "a,b,y\n",
                20,
                row -> List.of("-999", "unknown", "?", "1").get(row % 4) + ",-999," + row % 2));
    assertThat(column(profile, "a").missing()).isEqualTo(10);
    assertThat(column(profile, "b").missing()).isZero();
  }

  @Test
  void of_marksOfAnUnknownColumn_areRefused() {
    assertThatThrownBy(
            () ->
                profile(
                    List.of(new CsvFormat.ColumnMarks("agee", List.of("-999"))),
                    table("age,y\n", 20, row -> row + "," + row % 2)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no column is called \"agee\" (data.format.column_missing)")
        .hasMessageContaining("did you mean \"age\"?");
  }

  /** A hyphen is a class, and missing among numbers and in all other columns. */
  @Test
  void of_hyphens_areClassesInTheTarget() throws IOException {
    TableProfile classes =
        profile(
            table("a,y\n", 40, row -> (row % 4 == 0 ? "-" : row) + (row % 2 == 0 ? ",+" : ",-")));
    assertThat(column(classes, "y").missing()).isZero();
    assertThat(column(classes, "y").distinct()).isEqualTo(2);
    assertThat(column(classes, "a").missing()).isEqualTo(10);
    assertThat(column(classes, "a").kind()).isEqualTo(ColumnProfile.Kind.NUMBER);
    TableProfile numbers =
        profile(table("a,y\n", 40, row -> row % 3 + "," + (row % 4 == 0 ? "-" : row + ".5")));
    assertThat(numbers.predictsNumber()).isTrue();
    assertThat(column(numbers, "y").missing()).isEqualTo(10);
  }

  @Test
  void of_nines_areSuspectedUnlessOtherNumbersAreNegative() throws IOException {
    TableProfile profile =
        profile(
            table(
                "a,b,c,y\n",
                40,
                row ->
                    (row % 8 == 0 ? "-999.0" : row)
                        + ","
                        + (row % 8 == 0 ? "-999" : row - 20)
                        + ","
                        + (row == 8 ? -99 : row % 9)
                        + ","
                        + row % 2));
    assertThat(profile.warnings())
        .filteredOn(line -> line.contains("column_missing"))
        .containsExactly(
            "column \"a\" is -999.0 in 5 rows and never negative otherwise; if that is a missing"
                + " value, say so with format.column_missing");
  }
}
