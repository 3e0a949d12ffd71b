package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.SplitSettings;
import io.tandem.data.WrongLabels;
import io.tandem.dialect.DialectSettings;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Regression;
import io.tandem.outcome.RegressionLoss;
import io.tandem.outcome.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of which numbers are to be predicted. */
class RegressionTableTest {
  private static final int ROWS = 40;

  @TempDir private Path folder = Path.of("");

  private static CsvFormat format(boolean logarithm, List<String> ignore, String... targets) {
    return new CsvFormat(
        true,
        "-1",
        DialectSettings.of(','),
        ignore,
        List.of("NA"),
        List.of(),
        Optional.of(new Regression(List.of(targets), RegressionLoss.squared(), logarithm)),
        Optional.empty(),
        0);
  }

  private DataSplit load(CsvFormat format, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    return TableFiles.load(
        new DataSettings(new DataSource.CsvTable(file, format), new SplitSettings(0.5, 0.25, 0.25)),
        3);
  }

  private static String rows(int changed, String change) {
    return "x,y,z\n"
        + IntStream.range(0, ROWS)
            .mapToObj(
                row -> row == changed ? change : row % 7 + "," + (row * 1.5 + 1) + "," + row * row)
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String rows() {
    return rows(-1, "");
  }

  private static Outcome.Numbers outcome(Dataset part) {
    return (Outcome.Numbers) part.outcome();
  }

  private static double value(Dataset part, int row, int output) {
    Targets.Numbers targets = (Targets.Numbers) part.targets();
    int outputs = targets.outcome().outputs();
    return targets.outcome().value(targets.values()[row * outputs + output], output);
  }

  @Test
  void load_targets_areStandardisedByTheTrainingPartAndNoFeatures() throws IOException {
    DataSplit split = load(format(false, List.of(), "z", "y"), rows());
    assertThat(split.train().featureNames()).containsExactly("x");
    assertThat(outcome(split.train()).names()).containsExactly("z", "y");
    double mean = 0;
    double squares = 0;
    for (int row = 0; row < split.train().rows(); row++) {
      double y = value(split.train(), row, 1);
      assertThat(value(split.train(), row, 0)).isCloseTo(Math.pow((y - 1) / 1.5, 2), within(1e-2));
      mean += y / split.train().rows();
      squares += y * y / split.train().rows();
    }
    assertThat(outcome(split.train()).mean()[1]).isCloseTo(mean, within(1e-4));
    assertThat(outcome(split.train()).scale()[1])
        .isCloseTo(Math.sqrt(squares - mean * mean), within(1e-4));
    assertThat(split.test().outcome()).isEqualTo(split.train().outcome());
    assertThat(split.layout().orElseThrow().predictedNames()).containsExactly("z", "y");
  }

  /** Tenths of the range are divided, so that every part sees all of it. */
  @Test
  void load_parts_haveTheSameRange() throws IOException {
    DataSplit split = load(format(false, List.of(), "y"), rows());
    for (Dataset part : List.of(split.train(), split.validation(), split.test())) {
      double mean = 0;
      for (int row = 0; row < part.rows(); row++) {
        mean += value(part, row, 0) / part.rows();
      }
      assertThat(mean).isCloseTo(30.25, within(3.0));
      assertThat(part.rows()).isEqualTo(part.equals(split.train()) ? 20 : 10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12, 30, 48, 75, 240, 600})
  void load_fewRows_areDividedAsTheSharesSay(int count) throws IOException {
    String text =
        "x,y\n"
            + IntStream.range(0, count)
                .mapToObj(row -> row % 3 + "," + row * row)
                .collect(Collectors.joining("\n"));
    DataSplit split = load(format(false, List.of(), "y"), text);
    assertThat((double) split.train().rows()).isCloseTo(0.5 * count, within(1.0));
    assertThat((double) split.validation().rows()).isCloseTo(0.25 * count, within(1.0));
    assertThat((double) split.test().rows()).isCloseTo(0.25 * count, within(1.0));
  }

  @Test
  void load_numbersFarFromZero_areReported() throws IOException {
    String text =
        "x,y\n"
            + IntStream.range(0, 60)
                .mapToObj(row -> row % 3 + "," + (1_700_000_000L + row))
                .collect(Collectors.joining("\n"));
    assertThat(load(format(false, List.of(), "y"), text).suspicions())
        .anyMatch(line -> line.contains("column \"y\", which is to be predicted, is around 1.7"));
    assertThat(load(format(false, List.of(), "y"), rows()).suspicions())
        .noneMatch(line -> line.contains("is around"));
  }

  @Test
  void load_textTarget_isNotToBeIgnored() {
    assertThatThrownBy(
            () ->
                load(
                    format(false, List.of(), "y"),
                    "x,y\n"
                        + IntStream.range(0, 30)
                            .mapToObj(row -> row + ",t" + row % 3)
                            .collect(Collectors.joining("\n"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "column \"y\", which is to be predicted, has text in 30 of 30 rows, such as \"t0\" in"
                + " line 2, expected numbers; correct it, or predict it as a class");
  }

  @Test
  void load_rowNumbers_theSettingLeavesTheTargetAlone() throws IOException {
    String text =
        "nr,x,y\n"
            + IntStream.range(0, 60)
                .mapToObj(row -> row + "," + row % 7 + "," + row * 1.5)
                .collect(Collectors.joining("\n"));
    assertThat(load(format(false, List.of(), "y"), text).suspicions())
        .anyMatch(line -> line.contains("leave it out with --set data.format.ignore=nr unless"));
  }

  @Test
  void load_plantedTarget_changesWhatIsLearntInTheTrainingPartOnly() throws IOException {
    DataSplit plain = load(format(false, List.of(), "y"), rows());
    int untouched = 0;
    for (int planted = 0; planted < ROWS; planted++) {
      // Its place in the order, and with it the division, stays.
      double target = planted * 1.5 + 1.25;
      DataSplit other =
          load(
              format(false, List.of(), "y"),
              rows(planted, planted % 7 + "," + target + "," + planted * planted));
      boolean same = other.train().outcome().equals(plain.train().outcome());
      assertThat(same).as("row %d", planted).isEqualTo(other.train().equals(plain.train()));
      untouched += same ? 1 : 0;
    }
    assertThat(untouched).isEqualTo(ROWS / 2);
  }

  @Test
  void load_missingTargets_areLeftOutAndCounted() throws IOException {
    DataSplit split = load(format(false, List.of(), "y"), rows(6, "1,NA,3"));
    assertThat(split.train().rows() + split.validation().rows() + split.test().rows())
        .isEqualTo(ROWS - 1);
    assertThat(split.notes())
        .singleElement()
        .asString()
        .endsWith("1 row has no target, the first in line 8 (left out)");
  }

  @Test
  void load_logarithm_isTakenOfPositiveNumbersOnly() throws IOException {
    DataSplit split = load(format(true, List.of(), "y"), rows());
    assertThat(outcome(split.train()).mean()[0]).isBetween(2.5, 3.5);
    assertThatThrownBy(() -> load(format(true, List.of(), "z"), rows()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "t.csv:2:3: the target is \"0\", expected a number above 0 with"
                + " data.regression.logarithm; add a constant");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,inf,2   | t.csv:4:2: "inf" is not finite, expected a finite number
          1,1e39,2  | t.csv:4:2: "1e39" is too large, expected at most 3.4e38
          1,high,2  | t.csv:4:2: "high" is not a number, expected one like -1.5
          1,2       | t.csv:4:3: the row has 2 cells, expected 3 as in the first row
          """)
  void load_badTarget_isNamed(String row, String message) {
    assertThatThrownBy(() -> load(format(false, List.of(), "y"), rows(2, row)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void load_columnsThatCannotBePredicted_areRefused() {
    refused(format(false, List.of("y"), "y"), "column \"y\" is to be predicted and is ignored");
    refused(format(false, List.of(), "y", "y"), "data.format.target names column \"y\" twice");
    refused(format(false, List.of(), "w"), "no column is called \"w\" (data.format.target)");
    refused(format(false, List.of("x"), "y", "z"), "every column is predicted or ignored");
    assertThatThrownBy(() -> load(format(false, List.of(), "y"), "x,y\n1,2\n2,2\n3,2\n4,2\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "column \"y\", which is to be predicted, is 2.0 in every training row");
    assertThatThrownBy(() -> load(format(false, List.of(), "y"), "x,y\n1,2\n2,3\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 rows with a number to be predicted, expected at least 3");
    assertThatThrownBy(() -> load(format(false, List.of(), "y"), "x,y\n1,NA\n2,\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no row has a number to be predicted in column \"y\"");
  }

  private void refused(CsvFormat format, String message) {
    assertThatThrownBy(() -> load(format, rows()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void wrongLabels_ofNumbers_areRefused() throws IOException {
    DataSplit split = load(format(false, List.of(), "y"), rows());
    assertThat(WrongLabels.in(split, 0, 1)).isSameAs(split);
    assertThatThrownBy(() -> WrongLabels.in(split, 0.5, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.wrong_labels: 0.5 is not allowed where numbers are predicted");
  }
}
