package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.SplitSettings;
import io.tandem.data.source.DataLoader;
import io.tandem.testing.SharedDecoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is read without a word is believed; what looks wrong in it must be said. */
class TableSuspicionsTest {
  private static final SplitSettings SPLIT = new SplitSettings(0.6, 0.2, 0.2);

  @TempDir private Path folder = Path.of("");

  private List<String> of(String header, int rows, IntFunction<String> row) throws IOException {
    return of(new CsvFormat(true, "-1", ','), header, rows, row);
  }

  private List<String> of(CsvFormat format, String header, int rows, IntFunction<String> row)
      throws IOException {
    StringBuilder text = new StringBuilder(header);
    for (int index = 0; index < rows; index++) {
      text.append(row.apply(index)).append('\n');
    }
    Path file = Files.writeString(folder.resolve("t.csv"), text.toString());
    DataSettings settings = new DataSettings(new DataSource.CsvTable(file, format), SPLIT);
    return DataLoader.load(settings, 1, SharedDecoders::open).suspicions().stream()
        .map(line -> line.replace(file.toString(), "t.csv"))
        .toList();
  }

  private static String measure(int row) {
    return String.format(Locale.ROOT, "%.5f", new SplittableRandom(row).nextDouble(0, 50));
  }

  private static String kind(int row) {
    return row % 2 == 0 ? "ant" : "bee";
  }

  @Test
  void load_plainTable_isNotSuspected() throws IOException {
    assertThat(of("a,b,kind\n", 90, row -> measure(row) + "," + row % 9 + "," + kind(row)))
        .isEmpty();
    // Years as names, and a count that rises with the rows but not by steps of one.
    assertThat(of("2019,2020,kind\n", 90, row -> measure(row) + "," + row / 2 + "," + kind(row)))
        .isEmpty();
  }

  /** A class may be called like the label; only all of a row of categories looks like data. */
  @Test
  void load_firstRowOfCategories_isSuspectedAsHeader() throws IOException {
    IntFunction<String> row =
        index ->
            List.of("red", "blue", "green").get(index % 3) + ",s" + index % 4 + "," + kind(index);
    assertThat(of("red,s1,ant\n", 90, row))
        .singleElement()
        .asString()
        .contains("the first row is used as column names but looks like data");
    assertThat(of("color,size,ant\n", 90, row)).isEmpty();
  }

  @Test
  void load_firstRowOfData_isSuspectedAsHeader() throws IOException {
    assertThat(
            of("5.1,3.5,ant\n", 90, row -> measure(row) + "," + measure(row + 1) + "," + kind(row)))
        .singleElement()
        .asString()
        .isEqualTo(
            "t.csv:1: the first row is used as column names but looks like data:"
                + " \"5.1,3.5,ant\"; if it is, use --set data.format.header=false");
    assertThat(of("5.1,3.5,0\n", 90, row -> measure(row) + "," + measure(row + 1) + "," + row % 2))
        .singleElement()
        .asString()
        .contains("the first row is used as column names but looks like data");
  }

  @Test
  void load_rowNumbers_areSuspectedInAnyOrder() throws IOException {
    IntFunction<String> ascending = row -> row + 1 + "," + measure(row) + "," + kind(row);
    IntFunction<String> shuffled =
        row -> (row * 37) % 90 + 1000 + "," + measure(row) + "," + kind(row);
    assertThat(of("Id,a,kind\n", 90, ascending))
        .containsExactly(
            "t.csv: column \"Id\" looks like a row number (1 to 90); leave it out with --set"
                + " data.format.ignore=Id unless it is a measurement");
    assertThat(of("Id,a,kind\n", 90, shuffled))
        .singleElement()
        .asString()
        .contains("looks like a row number (1000 to 1089)");
    CsvFormat without = new CsvFormat(true, "-1", ',', List.of("Id"), List.of());
    assertThat(of(without, "Id,a,kind\n", 90, ascending)).isEmpty();
    CsvFormat bare = new CsvFormat(false, "-1", ',');
    assertThat(of(bare, "", 90, ascending))
        .singleElement()
        .asString()
        .contains("column \"column0\"", "--set data.format.ignore=0 unless");
    // What is left out already stays so, and a name that the option cannot take is not given.
    CsvFormat some = new CsvFormat(true, "-1", ',', List.of("b"), List.of());
    assertThat(
            of(
                some,
                "\"Id, old\",b,a,kind\n",
                90,
                row -> row + ",x," + measure(row) + "," + kind(row)))
        .singleElement()
        .asString()
        .contains("--set data.format.ignore=b,0 unless");
    CsvFormat spaced = new CsvFormat(true, "-1", ',');
    assertThat(of(spaced, "my id,a,kind\n", 90, ascending))
        .singleElement()
        .asString()
        .contains("--set 'data.format.ignore=my id' unless");
  }

  @Test
  void load_differentWholeNumbers_areSuspectedAsIdentifiers() throws IOException {
    assertThat(
            of("uid,a,kind\n", 90, row -> 1000 + row * row + "," + measure(row) + "," + kind(row)))
        .singleElement()
        .asString()
        .contains(
            "\"uid\" looks like a row number (a different whole number in each of the 90 rows)");
  }

  @Test
  void load_moreDigitsThanFloatsHave_isSuspected() throws IOException {
    assertThat(
            of(
                "time,a,kind\n",
                90,
                row -> 1_700_000_000L + row * 3L + "," + measure(row) + "," + kind(row)))
        .singleElement()
        .asString()
        .contains("column \"time\" has more digits than the 24 bits", "are read as equal");
  }

  @Test
  void load_oneClassInSeveralSpellings_isSuspected() throws IOException {
    String[] labels = {
      "ant",
      "ant\u00a0",
      "K\u00f6ln",
      "Ko\u0308ln",
      "1",
      "1.0",
      "01",
      "1e0",
      "1E99999",
      "10e99998",
      "Bee",
      "bee"
    };
    List<String> found =
        of("a,kind\n", 420, row -> measure(row) + "," + labels[row % labels.length]);
    assertThat(found).hasSize(7);
    assertThat(found.get(0)).contains("differ in their spaces or invisible characters only");
    assertThat(found.get(1))
        .contains("are one text in two forms of Unicode", "K\\u00f6ln", "Ko\\u0308ln");
    assertThat(found.get(2)).contains("\"1\" and \"1.0\" are one number in two spellings");
    assertThat(found.get(3)).contains("\"1\" and \"01\" are one number in two spellings");
    assertThat(found.get(4)).contains("\"1\" and \"1e0\" are one number in two spellings");
    assertThat(found.get(5)).contains("\"1E99999\" and \"10e99998\" are one number");
    assertThat(found.get(6)).contains("\"Bee\" and \"bee\" differ in capitals only");
  }

  @Test
  void load_copiedRows_areCountedInEachPart() throws IOException {
    List<String> found =
        of("a,b,kind\n", 400, row -> measure(row % 20) + "," + row % 20 + "," + kind(row % 20));
    assertThat(found).hasSize(2);
    assertThat(found.get(1)).contains("t.csv: 80 of 80 test rows have the same features");
    Path train = folder.resolve("train.csv");
    Path copy = folder.resolve("copy.csv");
    Path other = folder.resolve("other.csv");
    Files.writeString(train, table(0, 60));
    Files.writeString(copy, table(0, 60));
    Files.writeString(other, table(100, 160));
    DataSettings parts =
        new DataSettings(
            new DataSource.CsvParts(train, other, copy, new CsvFormat(true, "kind", ',')), SPLIT);
    assertThat(DataLoader.load(parts, 1, SharedDecoders::open).suspicions())
        .singleElement()
        .asString()
        .contains("60 of 60 test rows have the same features as a training row");
  }

  private static String table(int from, int to) {
    StringBuilder text = new StringBuilder("a,kind\n");
    for (int row = from; row < to; row++) {
      text.append(measure(row)).append(row).append(',').append(kind(row)).append('\n');
    }
    return text.toString();
  }
}
