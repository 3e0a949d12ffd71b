package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.CsvFormat.SplitColumn;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.SplitSettings;
import io.tandem.data.source.TableSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are divided by a column: groups stay together, and the future is not known. */
class RowDivisionTest {
  private static final SplitSettings SHARES = new SplitSettings(0.6, 0.2, 0.2);

  @TempDir private Path folder = Path.of("");

  private DataSplit load(SplitColumn.Kind kind, String column, String text, long seed)
      throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    CsvFormat format =
        new CsvFormat(
            true,
            "y",
            ',',
            List.of(),
            List.of("NA"),
            List.of(),
            Optional.empty(),
            Optional.of(new SplitColumn(column, kind)));
    return TableFiles.load(
        new DataSettings(new DataSource.CsvTable(file, format), SHARES), seed, new TableSources());
  }

  /** The first feature is the number of the row. */
  private static String table(int rows, IntFunction<String> division) {
    return "row,who,y\n"
        + IntStream.range(0, rows)
            .mapToObj(row -> row + "," + division.apply(row) + "," + (row % 3 == 0 ? "a" : "b"))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static Set<Integer> groups(Dataset part, IntFunction<Integer> group) {
    Set<Integer> found = new HashSet<>();
    for (float row : part.features()) {
      found.add(group.apply((int) row));
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void load_groups_areInOnePartEach(long seed) throws IOException {
    IntFunction<Integer> group = row -> row * 7 % 31;
    DataSplit split =
        load(SplitColumn.Kind.GROUP, "who", table(310, row -> "p" + group.apply(row)), seed);
    Set<Integer> train = groups(split.train(), group);
    Set<Integer> validation = groups(split.validation(), group);
    Set<Integer> test = groups(split.test(), group);
    assertThat(train).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(test);
    assertThat(validation).doesNotContainAnyElementsOf(test);
    assertThat(train.size() + validation.size() + test.size()).isEqualTo(31);
    assertThat(split.train().rows()).isBetween(170, 200);
    assertThat(split.test().rows()).isBetween(50, 75);
    assertThat(split.train().featureNames()).containsExactly("row");
    assertThat(split.notes().toString())
        .contains("column \"who\" (divides the table, is no feature)");
  }

  @Test
  void load_times_theLastRowsAreTheTestPart() throws IOException {
    DataSplit split =
        load(
            SplitColumn.Kind.TIME,
            "who",
            table(
                100,
                row ->
                    "2026-01-01T"
                        + String.format("%02d:%02d", row * 7 % 100 / 60, row * 7 % 100 % 60)),
            1);
    assertThat(split.train().rows()).isEqualTo(60);
    assertThat(split.validation().rows()).isEqualTo(20);
    assertThat(groups(split.train(), row -> row * 7 % 100)).allMatch(time -> time < 60);
    assertThat(groups(split.validation(), row -> row * 7 % 100))
        .allMatch(time -> time >= 60 && time < 80);
    assertThat(groups(split.test(), row -> row * 7 % 100)).allMatch(time -> time >= 80);
  }

  /** 70 of 100 rows have the middle time: the cut goes to where it changes. */
  @Test
  void load_equalTimes_areInOnePart() throws IOException {
    DataSplit split =
        load(
            SplitColumn.Kind.TIME,
            "who",
            table(100, row -> row < 50 ? "1" : row < 75 ? "2" : "3"),
            1);
    assertThat(split.train().rows()).isEqualTo(50);
    assertThat(split.validation().rows()).isEqualTo(25);
    assertThat(split.test().rows()).isEqualTo(25);
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01, 0",
    "1970-01-02T00:00, 86400",
    "1970-01-01 00:00:01.5, 1.5",
    "1970-01-01T01:00:00+01:00, 0",
    "1970-01-01T00:00:10Z, 10",
    "yesterday, NaN",
    "2026-02-30, NaN",
    "31.01.2026, NaN"
  })
  void seconds_areThoseOfIsoTimes(String text, double expected) {
    assertThat(DivisionColumn.seconds(text)).isEqualTo(Double.valueOf(expected));
  }

  @Test
  void load_whatCannotDivide_isRefused() {
    refused(
        SplitColumn.Kind.GROUP,
        "who",
        table(20, row -> "p" + row % 2),
        "2 groups (data.split.group), expected at least 3");
    refused(
        SplitColumn.Kind.GROUP,
        "who",
        table(20, row -> row == 4 ? "NA" : "p" + row % 5),
        "t.csv:6:2: the cell is empty, expected a value");
    refused(
        SplitColumn.Kind.TIME,
        "who",
        table(20, row -> row == 4 ? "soon" : "" + row),
        "t.csv:6:2: \"soon\" is no time");
    refused(
        SplitColumn.Kind.TIME,
        "who",
        table(20, row -> "5"),
        "20 rows with 1 different times (data.split.time) leave a part empty");
    refused(
        SplitColumn.Kind.TIME,
        "y",
        table(20, row -> "5"),
        "column \"y\" is to be predicted and divides the table");
    refused(
        SplitColumn.Kind.GROUP,
        "whom",
        table(20, row -> "5"),
        "no column is called \"whom\" (data.split.group)");
    String late = table(20, row -> "" + row).replace("19,19,b", "19,19,c");
    refused(SplitColumn.Kind.TIME, "who", late, "class \"c\" has no row in the training part");
  }

  private void refused(SplitColumn.Kind kind, String column, String text, String message) {
    assertThatThrownBy(() -> load(kind, column, text, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
