package io.tandem.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.SplitSettings;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's files say is what the networks get: values, order of classes, parts, hash. */
class DataLoaderTest {
  private static final SplitSettings SPLIT = new SplitSettings(0.6, 0.2, 0.2);
  private static final CsvFormat NAMED = new CsvFormat(true, "kind", ',');

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static DataSplit load(DataSource source) {
    return DataLoader.load(new DataSettings(source, SPLIT), 1, GraphImageDecoder::new);
  }

  private static Dataset table(Path file, CsvFormat format) {
    DataSplit split = load(new DataSource.CsvTable(file, format));
    return split.train().concat(split.validation()).concat(split.test());
  }

  @Test
  void load_digits_areComplete() {
    DataSplit split = load(new DataSource.Digits());
    // A model of them takes their file, and --evaluate finds the labels in it.
    assertThat(split.layout())
        .hasValueSatisfying(
            layout -> {
              assertThat(layout.label()).isEqualTo(64);
              assertThat(layout.features()).hasSize(64);
            });
    assertThat(split.train().rows() + split.validation().rows() + split.test().rows())
        .isEqualTo(1797);
    assertThat(split.train().columns()).isEqualTo(64);
    assertThat(split.train().classes())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(split.train().rows()).isBetween(1073, 1083);
    assertThat(split.sha256())
        .isEqualTo("09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22");
    for (float cell : split.test().features()) {
      assertThat(cell).isBetween(0f, 16f);
    }
  }

  @Test
  void load_sameSeed_givesSameParts() {
    DataSettings digits = new DataSettings(new DataSource.Digits(), SPLIT);
    assertThat(DataLoader.load(digits, 7, GraphImageDecoder::new))
        .isEqualTo(DataLoader.load(digits, 7, GraphImageDecoder::new));
    assertThat(DataLoader.load(digits, 7, GraphImageDecoder::new).train())
        .isNotEqualTo(DataLoader.load(digits, 8, GraphImageDecoder::new).train());
  }

  @Test
  void load_header_namesFeaturesAndKeepsValues() throws IOException {
    Path file =
        write(
            "t.csv", "\"size, cm\",kind,b\n1.5,x,-2e-1\n 3 ,x,+4\n5,x,6.\n1,y,.5\n2,y,0\n3,y,0\n");
    Dataset all = table(file, NAMED);
    assertThat(all.featureNames()).containsExactly("size, cm", "b");
    assertThat(all.classes()).containsExactly("x", "y");
    assertThat(all.rows()).isEqualTo(6);
    assertThat(all.features()).contains(1.5f, -0.2f, 3f, 4f, 5f, 6f, 0.5f);
  }

  @Test
  void load_quotedCellsAndAnyLineEnds_readAsPlain() throws IOException {
    Path plain = write("a.csv", "a,kind\n1,x y\n2,x y\n3,x y\n4,z\n5,z\n6,z\n");
    Path quoted =
        write(
            "b.csv",
            "\uFEFF\"a\",\"kind\"\r\n\"1\",\"x y\"\r\n\"2\",x y\r\n3,x y\r\n\r\n4,z\r5,z\n6,\"z\"");
    assertThat(table(quoted, NAMED)).isEqualTo(table(plain, NAMED));
  }

  @Test
  void load_quotedQuotesAndLineEndsInLabel_areKept() throws IOException {
    Path file = write("t.csv", "1,\"say \"\"a\nb\"\"\"\n".repeat(3) + "1,c\n".repeat(3));
    assertThat(table(file, new CsvFormat(false, "1", ',')).classes())
        .containsExactly("c", "say \"a\nb\"");
  }

  @Test
  void load_otherDelimiterAndIndex_areUsed() throws IOException {
    Path file = write("t.csv", "x\t1\t2\n".repeat(3) + "y\t3\t4\n".repeat(3));
    Dataset all = table(file, new CsvFormat(false, "0", '\t'));
    assertThat(all.featureNames()).containsExactly("column1", "column2");
    assertThat(all.classes()).containsExactly("x", "y");
    assertThat(table(file, new CsvFormat(false, "-3", '\t'))).isEqualTo(all);
  }

  @Test
  void load_integerLabels_sortByValue() throws IOException {
    Path file = write("t.csv", "1,10\n1,9\n1,-2\n".repeat(3));
    assertThat(table(file, new CsvFormat(false, "-1", ',')).classes())
        .containsExactly("-2", "9", "10");
  }

  @Test
  void load_mixedLabels_sortByCharacters() throws IOException {
    Path file = write("t.csv", "1,10\n1,9\n1,b\n".repeat(3));
    assertThat(table(file, new CsvFormat(false, "-1", ',')).classes())
        .containsExactly("10", "9", "b");
  }

  @Test
  void load_numericColumnName_winsOverIndex() throws IOException {
    Path file = write("t.csv", "0,1,2\n" + "5,x,7\n".repeat(3) + "5,y,7\n".repeat(3));
    assertThat(table(file, new CsvFormat(true, "1", ',')).classes()).containsExactly("x", "y");
  }

  @Test
  void load_gzip_readsAsPlain() throws IOException {
    String text = "1,x\n2,x\n3,x\n4,y\n5,y\n6,y\n";
    Path compressed = folder.resolve("t.csv.gz");
    try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    }
    CsvFormat format = new CsvFormat(false, "-1", ',');
    assertThat(table(compressed, format)).isEqualTo(table(write("t.csv", text), format));
  }

  @Test
  void load_parts_keepTheirRowsAndTrainingClasses() throws IOException {
    Path train = write("train.csv", "a,kind\n1,y\n3,x\n");
    Path validation = write("validation.csv", "a,kind\n5,x\n");
    Path test = write("test.csv", "a,kind\n6,y\n7,y\n");
    DataSplit split = load(new DataSource.CsvParts(train, validation, test, NAMED));
    assertThat(split.train().features()).containsExactly(1, 3);
    assertThat(split.train().labels()).containsExactly(1, 0);
    assertThat(split.validation().labels()).containsExactly(0);
    assertThat(split.test().labels()).containsExactly(1, 1);
    assertThat(split.standardisation().mean()).containsExactly(2);
    assertThat(split.standardisation().scale()).containsExactly(1);
    // printf 'a,kind\n1,y\n3,x\na,kind\n5,x\na,kind\n6,y\n7,y\n' | sha256sum
    assertThat(split.sha256())
        .isEqualTo("7199790c3f8a6df7044792ed78c03a753a570edaf589c99912c71c08f850a599");
  }

  @Test
  void load_partWithUnseenLabel_namesPlaceAndNearest() throws IOException {
    Path train = write("train.csv", "a,kind\n1,yes\n3,no\n");
    Path validation = write("validation.csv", "a,kind\n5,no\n");
    Path test = write("test.csv", "a,kind\n6,yes\n7,yess\n");
    assertThatThrownBy(() -> load(new DataSource.CsvParts(train, validation, test, NAMED)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("test.csv:3:2: label \"yess\" does not occur in the training rows")
        .hasMessageEndingWith("did you mean \"yes\"?");
  }

  @Test
  void load_partsWithDifferentColumns_areRefused() throws IOException {
    Path train = write("train.csv", "a,b,kind\n1,1,y\n3,3,x\n");
    Path other = write("other.csv", "a,c,kind\n1,1,y\n");
    Path narrow = write("narrow.csv", "a,kind\n1,y\n");
    Path same = write("same.csv", "a,b,kind\n1,1,y\n");
    assertThatThrownBy(() -> load(new DataSource.CsvParts(train, same, other, NAMED)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("other.csv:1:2: column \"c\", expected \"b\"");
    assertThatThrownBy(() -> load(new DataSource.CsvParts(train, narrow, same, NAMED)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("narrow.csv: 2 columns, expected 3");
  }

  @Test
  void load_sameFileForTwoParts_isRefused() throws IOException {
    Path train = write("train.csv", "a,kind\n1,y\n3,x\n");
    Path test = write("test.csv", "a,kind\n1,y\n");
    assertThatThrownBy(() -> load(new DataSource.CsvParts(train, test, test, NAMED)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("test.csv: given for two parts");
  }

  @Test
  void load_missingPart_isRefused() throws IOException {
    Path train = write("train.csv", "a,kind\n1,y\n3,x\n");
    Path none = folder.resolve("none.csv");
    assertThatThrownBy(() -> load(new DataSource.CsvParts(train, none, train, NAMED)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none.csv: no such file");
  }
}
