package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.column.DateOrder;
import io.tandem.data.CsvFormat;
import io.tandem.data.CsvFormat.SplitColumn;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.SplitSettings;
import io.tandem.data.source.TableSources;
import io.tandem.dialect.DialectSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
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
    return TableFiles.load(
        new DataSettings(new DataSource.CsvTable(file, format(column, kind)), SHARES),
        seed,
        new TableSources());
  }

  private static CsvFormat format(String column, SplitColumn.Kind kind) {
    return new CsvFormat(
        true,
        "y",
        DialectSettings.of(','),
        List.of(),
        List.of("NA"),
        List.of(),
        Optional.empty(),
        Optional.of(new SplitColumn(column, kind)),
        0);
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

  /** A day for each row, the first one the latest. */
  @ParameterizedTest
  @CsvSource({
    "%3$04d-%2$02d-%1$02d",
    "%3$d/%2$d/%1$dT00:00Z",
    "%1$d.%2$d.%3$d",
    "%1$02d/%2$02d/%3$d 23:59:59.5",
    "%2$02d/%1$02d/%3$d 08:30 +01:00"
  })
  void load_dates_areTimesInEveryForm(String form) throws IOException {
    DataSplit split =
        load(
            SplitColumn.Kind.TIME,
            "who",
            table(
                100,
                row -> {
                  LocalDate date = LocalDate.of(2026, 5, 1).minusDays(row);
                  return String.format(
                      form, date.getDayOfMonth(), date.getMonthValue(), date.getYear());
                }),
            1);
    assertThat(groups(split.train(), row -> row)).contains(99, 40).doesNotContain(39);
    assertThat(groups(split.test(), row -> row)).contains(0, 19).doesNotContain(20);
  }

  @Test
  void load_datesWhoseOrderIsUnclear_askForIt() throws IOException {
    String text = table(20, row -> String.format("%02d/%02d/2026", 1 + row % 2, 1 + row / 2));
    refused(
        SplitColumn.Kind.TIME,
        "who",
        text,
        "t.csv: day and month of dates such as \"02/01/2026\" cannot be told apart"
            + " (data.split.time), expected a day after the 12th in one of them; use --set"
            + " data.format.date_order=DMY or MDY");
    refused(
        SplitColumn.Kind.TIME,
        "who",
        text.replace("01/05/2026", "13/05/2026").replace("02/07/2026", "02/17/2026"),
        "t.csv:15:2: the date has the month first, expected the day as in line 10");
    Set<Integer> day = trained(text, DateOrder.DMY);
    assertThat(day).contains(0, 1, 10, 11).doesNotContain(18, 19);
    assertThat(trained(text, DateOrder.MDY)).contains(0, 2, 16, 18).doesNotContain(17, 19);
  }

  private Set<Integer> trained(String text, DateOrder order) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    CsvFormat format =
        format("who", SplitColumn.Kind.TIME)
            .declaring(new CsvFormat.Declared(List.of(), order, List.of(), List.of(), false));
    return groups(
        TableFiles.load(
                new DataSettings(new DataSource.CsvTable(file, format), SHARES),
                1,
                new TableSources())
            .train(),
        row -> row);
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
        "t.csv:6:2: \"NA\" is a missing value, expected a value");
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
