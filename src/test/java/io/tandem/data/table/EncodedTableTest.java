package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.SplitSettings;
import io.tandem.data.TableEncoding;
import io.tandem.data.source.TableSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is learnt of a table is learnt on its training part. */
class EncodedTableTest {
  private static final int ROWS = 40;
  private static final CsvFormat FORMAT =
      new CsvFormat(true, "y", ',', List.of(), List.of("?"), List.of());

  @TempDir private Path folder = Path.of("");

  private static String row(int row) {
    String number = row % 9 == 4 ? "?" : Integer.toString(row % 7);
    return number + "," + List.of("red", "green", "blue").get(row % 3) + "," + row % 2;
  }

  private DataSplit load(List<String> rows) throws IOException {
    Path file =
        Files.writeString(folder.resolve("t.csv"), "n,c,y\n" + String.join("\n", rows) + "\n");
    return TableFiles.load(
        new DataSettings(new DataSource.CsvTable(file, FORMAT), new SplitSettings(0.5, 0.25, 0.25)),
        3,
        new TableSources());
  }

  private static List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(row(row));
    }
    return rows;
  }

  private static TableEncoding encoding(DataSplit split) {
    return split.table().orElseThrow().encoding();
  }

  /** Plants an odd number and two new categories in every row in turn. */
  @Test
  void load_plantedValues_changeWhatIsLearntInTheTrainingPartOnly() throws IOException {
    DataSplit plain = load(rows());
    int untouched = 0;
    for (int planted = 0; planted < ROWS; planted++) {
      List<String> rows = rows();
      rows.set(planted, "1e6,planted," + planted % 2);
      DataSplit other = load(rows);
      boolean same =
          encoding(other).equals(encoding(plain))
              && java.util.Arrays.equals(
                  other.standardisation().mean(), plain.standardisation().mean())
              && java.util.Arrays.equals(
                  other.standardisation().scale(), plain.standardisation().scale());
      boolean trained = !other.train().equals(plain.train());
      assertThat(same).as("row %d", planted).isEqualTo(!trained);
      untouched += trained ? 0 : 1;
    }
    assertThat(untouched).isEqualTo(ROWS / 2);
  }

  private DataSplit parts(String train, String validation, String test) throws IOException {
    return TableFiles.load(
        new DataSettings(
            new DataSource.CsvParts(
                Files.writeString(folder.resolve("train.csv"), train),
                Files.writeString(folder.resolve("validation.csv"), validation),
                Files.writeString(folder.resolve("test.csv"), test),
                FORMAT),
            new SplitSettings(0.5, 0.25, 0.25)),
        3,
        new TableSources());
  }

  private static final String NUMBERS = "a,b,y\n1,2,0\n3,4,1\n5,7,1\n";

  /** What is missing in the test part alone becomes the median, and no input says so. */
  @Test
  void load_gapsInALaterPart_areFilled() throws IOException {
    DataSplit split = parts(NUMBERS, "a,b,y\n1,3,0\n", "a,b,y\n,9,1\n8,?,0\n2,2,?\n");
    assertThat(split.train().featureNames()).containsExactly("a", "b");
    assertThat(split.test().features()).containsExactly(3, 9, 8, 4);
    assertThat(split.notes())
        .singleElement()
        .asString()
        .endsWith("test.csv: 1 row has no label, the first in line 4 (left out)");
  }

  @Test
  void load_partsThatDoNotFit_areRefusedByName() {
    assertThatThrownBy(() -> parts(NUMBERS, "a,b,y\n1,3,0\n", "a,b,y\n1,u,0\n2,v,1\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("test.csv:2:2: \"u\" is not a number");
    String mixed = "a,c,y\n1,u,0\n2,u,1\n3,v,1\n4,v,0\n";
    assertThatThrownBy(() -> parts(mixed, mixed.replace("1,u", "9,w"), "a,y\n1,0\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("test.csv: 2 columns, expected 3 as in ");
    assertThatThrownBy(() -> parts(mixed, mixed.replace("1,u", "9,w"), "c,a,y\nu,1,0\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("test.csv:1:1: column \"c\", expected \"a\" as in ");
  }

  @Test
  void load_inputsOfCategories_areNotStandardised() throws IOException {
    DataSplit split = load(rows());
    assertThat(split.train().featureNames())
        .startsWith("n", "n missing")
        .contains("c = red", "c = green", "c = blue");
    assertThat(split.standardisation().mean()[0]).isNotZero();
    for (int input = 1; input < split.train().columns(); input++) {
      assertThat(split.standardisation().mean()[input]).isZero();
      assertThat(split.standardisation().scale()[input]).isOne();
    }
    assertThat(split.features())
        .startsWith("1 number and 1 category as in the table, which become");
    assertThat(split.notes())
        .singleElement()
        .asString()
        .contains("t.csv: categories \"c\"; missing values in \"n\" (");
  }
}
