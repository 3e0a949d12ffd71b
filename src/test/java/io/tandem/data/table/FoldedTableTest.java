package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.data.CsvFormat;
import io.tandem.data.CsvFormat.SplitColumn;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.SplitSettings;
import io.tandem.data.source.DataLoader;
import io.tandem.dialect.DialectSettings;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Regression;
import io.tandem.outcome.RegressionLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folds of a table, each with what is learnt from its training rows alone. */
class FoldedTableTest {
  private static final int ROWS = 40;
  private static final int FOLDS = 4;
  private static final SplitSettings SHARES = new SplitSettings(0.5, 0.25, 0.25);

  /** What is in the columns of a table. */
  private enum Kind {
    NUMBERS,
    CATEGORIES,
    REGRESSION
  }

  @TempDir private Path folder = Path.of("");

  private static CsvFormat format(Kind kind, Optional<SplitColumn> division) {
    return new CsvFormat(
        true,
        "y",
        DialectSettings.of(','),
        List.of(),
        List.of("?"),
        List.of(),
        kind == Kind.REGRESSION
            ? Optional.of(new Regression(List.of("y"), RegressionLoss.squared(), false))
            : Optional.empty(),
        division,
        0);
  }

  private DataSplit load(DataSettings settings) {
    return DataLoader.load(settings, 3, GraphImageDecoder::new);
  }

  private DataSettings settings(Kind kind, List<String> rows, int folds) throws IOException {
    Path file =
        Files.writeString(folder.resolve("t.csv"), "n,c,y\n" + String.join("\n", rows) + "\n");
    return new DataSettings(
        new DataSource.CsvTable(file, format(kind, Optional.empty())), SHARES, 0, Map.of(), folds);
  }

  private static String row(Kind kind, int row) {
    String number = row % 9 == 4 && kind == Kind.CATEGORIES ? "?" : Integer.toString(row);
    String second =
        kind == Kind.NUMBERS
            ? Integer.toString(row * row % 11)
            : List.of("red", "green", "blue").get(row % 3);
    return number + "," + second + "," + (kind == Kind.REGRESSION ? row * 7 % 13 : row % 2);
  }

  private static List<String> rows(Kind kind) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(row(kind, row));
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void load_folds_coverTheRowsThatAreNotForTheTest(Kind kind) throws IOException {
    DataSplit split = load(settings(kind, rows(kind), FOLDS));
    DataSplit plain = load(settings(kind, rows(kind), 0));
    assertThat(split.folds()).hasSize(FOLDS);
    assertThat(plain.folds()).isEmpty();
    assertThat(split.train()).isEqualTo(plain.train());
    assertThat(split.validation()).isEqualTo(plain.validation());
    assertThat(split.test()).isEqualTo(plain.test());
    assertThat(split.standardisation()).isEqualTo(plain.standardisation());
    int held = 0;
    for (DataSplit.Fold fold : split.folds()) {
      assertThat(fold.train().rows() + fold.validation().rows())
          .isEqualTo(plain.train().rows() + plain.validation().rows());
      assertThat(fold.train().featureNames()).isEqualTo(fold.validation().featureNames());
      held += fold.validation().rows();
    }
    assertThat(held).isEqualTo(plain.train().rows() + plain.validation().rows());
    if (kind == Kind.NUMBERS) {
      // The first column is the number of the row.
      TreeSet<Float> seen = new TreeSet<>();
      for (DataSplit.Fold fold : split.folds()) {
        for (int row = 0; row < fold.validation().rows(); row++) {
          assertThat(seen.add(fold.validation().features()[2 * row])).isTrue();
        }
      }
      for (int row = 0; row < plain.test().rows(); row++) {
        assertThat(seen).doesNotContain(plain.test().features()[2 * row]);
      }
    }
  }

  /**
   * Plants an odd number, a new category and, where numbers are predicted, a large one in every row
   * in turn. Only folds that train on the row learn of it: columns, their scale, and the scale of
   * what is predicted.
   */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void load_plantedValues_changeWhatFoldsLearnThatTrainOnThem(Kind kind) throws IOException {
    DataSplit plain = load(settings(kind, rows(kind), FOLDS));
    int untouched = 0;
    for (int planted = 0; planted < ROWS; planted++) {
      List<String> rows = rows(kind);
      String odd = kind == Kind.NUMBERS ? "1e4" : "planted";
      // The order of a number to predict decides the folds; the largest stays the largest.
      String label = kind == Kind.REGRESSION ? "" + planted * 7 % 13 : "" + planted % 2;
      rows.set(planted, "1e4," + odd + "," + label);
      DataSplit other = load(settings(kind, rows, FOLDS));
      for (int fold = 0; fold < FOLDS; fold++) {
        DataSplit.Fold before = plain.folds().get(fold);
        DataSplit.Fold after = other.folds().get(fold);
        boolean trains = !after.train().equals(before.train());
        boolean learns =
            !after.standardisation().equals(before.standardisation())
                || !after.train().featureNames().equals(before.train().featureNames());
        assertThat(learns).as("row %d, fold %d", planted, fold).isEqualTo(trains);
        untouched += trains ? 0 : 1;
      }
    }
    // A row of the test part is in no fold, any other in the training rows of all but one.
    int tested = plain.test().rows();
    assertThat(untouched).isEqualTo(tested * FOLDS + (ROWS - tested));
  }

  @Test
  void load_numbersToPredict_areStandardisedByTheTrainingRowsOfTheFold() throws IOException {
    DataSplit split = load(settings(Kind.REGRESSION, rows(Kind.REGRESSION), FOLDS));
    for (DataSplit.Fold fold : split.folds()) {
      Outcome.Numbers outcome = (Outcome.Numbers) fold.train().outcome();
      double sum = 0;
      double squares = 0;
      for (float value : ((io.tandem.outcome.Targets.Numbers) fold.train().targets()).values()) {
        sum += value;
        squares += value * value;
      }
      assertThat(sum / fold.train().rows()).isBetween(-1e-6, 1e-6);
      assertThat(squares / fold.train().rows()).isBetween(1 - 1e-5, 1 + 1e-5);
      assertThat(fold.validation().outcome()).isEqualTo(outcome);
    }
    assertThat(split.folds().stream().map(fold -> fold.train().outcome()).distinct().count())
        .isGreaterThan(1);
  }

  /** A category that is rare enough is known in some folds and not in others. */
  @Test
  void load_categoriesOfOneFold_giveItMoreColumns() throws IOException {
    List<String> rows = rows(Kind.CATEGORIES);
    for (int row = 0; row < ROWS; row += 8) {
      rows.set(row, row + ",rare" + row % 16 + "," + row % 2);
    }
    DataSplit split = load(settings(Kind.CATEGORIES, rows, FOLDS));
    assertThat(split.folds().stream().map(fold -> fold.train().columns()).distinct().count())
        .isGreaterThan(1);
  }

  @Test
  void load_weightsAndWrongLabels_areThoseOfEveryFold() throws IOException {
    DataSettings plain = settings(Kind.NUMBERS, rows(Kind.NUMBERS), FOLDS);
    DataSplit split = load(plain);
    DataSplit changed =
        load(new DataSettings(plain.source(), SHARES, 0.2, Map.of("1", 3.0), FOLDS));
    for (int fold = 0; fold < FOLDS; fold++) {
      DataSplit.Fold own = changed.folds().get(fold);
      assertThat(own.train().classWeights().given()).containsExactly(1.0, 3.0);
      assertThat(own.validation().labels())
          .isEqualTo(split.folds().get(fold).validation().labels());
      int wrong = 0;
      for (int row = 0; row < own.train().rows(); row++) {
        wrong += own.train().labels()[row] != split.folds().get(fold).train().labels()[row] ? 1 : 0;
      }
      assertThat(wrong).isEqualTo(Math.round(0.2f * own.train().rows()));
    }
  }

  private DataSettings grouped(String text, int folds) throws IOException {
    Path file = Files.writeString(folder.resolve("g.csv"), text);
    return new DataSettings(
        new DataSource.CsvTable(
            file,
            format(Kind.NUMBERS, Optional.of(new SplitColumn("who", SplitColumn.Kind.GROUP)))),
        SHARES,
        0,
        Map.of(),
        folds);
  }

  private static String groups(int count, boolean mixed) {
    StringBuilder text = new StringBuilder("row,who,y\n");
    for (int row = 0; row < 10 * count; row++) {
      int group = row % count;
      text.append(row).append(",p").append(group).append(',');
      text.append(mixed ? row / count % 2 : group == 0 || group == 1 ? 1 : 0).append('\n');
    }
    return text.toString();
  }

  @Test
  void load_groups_areInOneFoldEach() throws IOException {
    DataSplit split = load(grouped(groups(20, true), FOLDS));
    TreeSet<Integer> seen = new TreeSet<>();
    for (DataSplit.Fold fold : split.folds()) {
      TreeSet<Integer> own = new TreeSet<>();
      for (float row : fold.validation().features()) {
        own.add((int) row % 20);
      }
      for (float row : fold.train().features()) {
        assertThat(own).doesNotContain((int) row % 20);
      }
      assertThat(seen).doesNotContainAnyElementsOf(own);
      seen.addAll(own);
    }
  }

  @Test
  void load_tooFewGroups_areRefused() throws IOException {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> load(grouped(groups(4, true), FOLDS)))
        .withMessageContaining("groups (data.split.group) are not for the test, expected at least")
        .withMessageContaining("the 4 folds (search.folds); use fewer folds");
    // The two groups of the second class cannot be in four folds.
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> load(grouped(groups(20, false), FOLDS)))
        .withMessageContaining("g.csv: a fold has no row of class \"1\", as all rows of a group");
  }

  @Test
  void load_aClassWithFewerRowsThanFolds_isRefused() throws IOException {
    List<String> rows = rows(Kind.NUMBERS);
    for (int row = 0; row < ROWS; row++) {
      rows.set(row, row + "," + row % 5 + "," + (row < 4 ? "rare" : "often"));
    }
    DataSettings settings = settings(Kind.NUMBERS, rows, FOLDS);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> load(settings))
        .withMessageEndingWith(
            "t.csv: class \"rare\" has 3 rows that are not for the test, expected at least one for"
                + " each of the 4 folds (search.folds); use fewer folds, or 0 for one validation part");
    assertThat(load(settings.folded(3)).folds()).hasSize(3);
  }

  @Test
  void load_aColumnWithoutValuesInAFold_isRefused() throws IOException {
    List<String> rows = rows(Kind.CATEGORIES);
    DataSplit plain = load(settings(Kind.CATEGORIES, rows, 0));
    // One number in the training part, which is in the held-out rows of one fold.
    for (int row = 0; row < ROWS; row++) {
      rows.set(row, "?," + rows.get(row).replaceFirst("^[^,]*,", ""));
    }
    boolean refused = false;
    for (int row = 0; row < ROWS && !refused; row++) {
      List<String> one = new ArrayList<>(rows);
      one.set(row, row + "," + rows.get(row).replaceFirst("^[^,]*,", ""));
      DataSettings settings = settings(Kind.CATEGORIES, one, FOLDS);
      try {
        load(settings.folded(0));
      } catch (DataException notInTheTrainingPart) {
        continue;
      }
      refused = true;
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> load(settings))
          .withMessageContaining(
              "column \"n\" has no value in any training row of a fold (search.folds)");
    }
    assertThat(refused).isTrue();
    assertThat(plain.train().rows()).isEqualTo(20);
  }

  @Test
  void load_fewerRowsThanFolds_isRefused() throws IOException {
    List<String> rows = rows(Kind.REGRESSION).subList(0, 6);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> load(settings(Kind.REGRESSION, rows, 6)))
        .withMessageContaining(
            "rows are not for the test, expected at least one for each of the 6");
  }
}
