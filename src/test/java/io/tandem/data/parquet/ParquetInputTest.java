package io.tandem.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.SplitSettings;
import io.tandem.data.StoredBytes;
import io.tandem.data.row.TableInput;
import io.tandem.data.row.TableRow;
import io.tandem.data.row.TableRows;
import io.tandem.data.source.TableSources;
import io.tandem.data.table.TableFiles;
import io.tandem.dialect.DialectRemedy;
import io.tandem.dialect.DialectSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values become the texts that a CSV file would have, and damaged files one line. */
class ParquetInputTest {
  private static final int ROWS = 900;
  private static final CsvFormat FORMAT =
      new CsvFormat(true, "y", ',', List.of(), List.of("NaN")).with(DialectSettings.UNKNOWN);
  private static final String COLUMNS =
      "required int32 n; optional double x; optional binary c (STRING); required binary y"
          + " (STRING);";

  @TempDir private Path folder = Path.of("");

  private static List<Consumer<Group>> rows() {
    return IntStream.range(0, ROWS)
        .<Consumer<Group>>mapToObj(
            row ->
                group -> {
                  group.add("n", row * 7 % 100);
                  if (row % 9 > 0) {
                    group.add("x", row / 7.0);
                  }
                  if (row % 11 > 0) {
                    group.add("c", "colour " + row % 4);
                  }
                  group.add("y", row % 3 == 0 ? "yes" : "no");
                })
        .toList();
  }

  private static String csv() {
    return "n,x,c,y\n"
        + IntStream.range(0, ROWS)
            .mapToObj(
                row ->
                    row * 7 % 100
                        + ","
                        + (row % 9 > 0 ? row / 7.0 : "")
                        + ","
                        + (row % 11 > 0 ? "colour " + row % 4 : "")
                        + ","
                        + (row % 3 == 0 ? "yes" : "no"))
            .collect(Collectors.joining("\n"));
  }

  private static List<List<String>> texts(TableInput input, MessageDigest digest) {
    List<List<String>> texts = new ArrayList<>();
    try (TableRows rows =
        input.open(DialectSettings.UNKNOWN, Optional.empty(), DialectRemedy.OPTION, digest)) {
      for (TableRow row = rows.next(); row != null; row = rows.next()) {
        assertThat(row.line()).isEqualTo(texts.size());
        texts.add(row.texts());
      }
    }
    return texts;
  }

  private Path resource(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(ParquetInputTest.class.getResourceAsStream(name))) {
      Path file = folder.resolve(name);
      Files.copy(stream, file);
      return file;
    }
  }

  private static DataSplit split(DataSource source) {
    return TableFiles.load(
        new DataSettings(source, new SplitSettings(0.5, 0.25, 0.25)), 3, new TableSources());
  }

  /** Written by pyarrow 25.0.1 with its defaults, of which compression with snappy is one. */
  @Test
  void open_fileOfPyarrow_hasTheTextsOfItsValues() throws IOException {
    Path file = resource("pyarrow-snappy.parquet");
    MessageDigest digest = StoredBytes.sha256();
    List<List<String>> texts = texts(ParquetInput.of(file), digest);
    assertThat(texts.get(0))
        .containsExactly(
            "int8",
            "uint64",
            "uint32",
            "int64",
            "half",
            "single",
            "double",
            "dec9",
            "dec30",
            "text",
            "category",
            "bool",
            "day",
            "ms",
            "us",
            "utc",
            "time",
            "nothing",
            "list",
            "map",
            "struct",
            "bytes");
    assertThat(texts.get(1))
        .containsExactly(
            "1",
            "18446744073709551615",
            "4294967295",
            "9007199254740993",
            "1.5",
            "0.1",
            "0.3333333333333333",
            "1.50",
            "12345678901234567890.123",
            "a b",
            "x",
            "true",
            "2026-01-31",
            "2026-01-31T08:30:00",
            "2026-01-31T08:30:00.123456",
            "2026-01-31T08:30:00Z",
            "08:30:00",
            "",
            "",
            "",
            "",
            "");
    assertThat(texts.get(2))
        .containsExactly(
            "-2",
            "0",
            "0",
            "-1",
            "-0.25",
            "1.0E10",
            "NaN",
            "-0.01",
            "-1.000",
            "ü€",
            "y",
            "false",
            "1969-12-31",
            "1969-12-31T23:59:59.5",
            "1900-01-01T00:00:00",
            "1900-01-01T00:00:00Z",
            "23:59:59.000005",
            "",
            "",
            "",
            "",
            "");
    assertThat(texts.get(3)).filteredOn(text -> !text.isEmpty()).containsExactly("0.0");
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .as("as sha256sum prints it")
        .isEqualTo(StoredBytes.sha256(file));
  }

  /** Spark writes times so unless it is told otherwise. */
  @Test
  void open_timesOf96Bits_areReadAsTimesOfUtc() throws IOException {
    assertThat(texts(ParquetInput.of(resource("int96-as-spark-writes.parquet")), digest()))
        .containsExactly(
            List.of("us", "text"),
            List.of("2026-01-31T08:30:00.123456Z", "a b"),
            List.of("1900-01-01T00:00:00Z", "ü€"),
            List.of("", ""));
  }

  private static MessageDigest digest() {
    return StoredBytes.sha256();
  }

  @Test
  void open_columnsThatAreNoValues_areNamedWithWhatTheyAre() throws IOException {
    try (TableRows rows =
        ParquetInput.of(resource("pyarrow-snappy.parquet"))
            .open(DialectSettings.UNKNOWN, Optional.empty(), DialectRemedy.OPTION, digest())) {
      assertThat(rows.unread())
          .hasToString("{18=a list, 19=a map, 20=a structure of columns, 21=bytes without a type}");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void load_parquet_equalsTheSameTableAsCsv(CompressionCodecName codec) throws IOException {
    Path parquet = ParquetFiles.write(folder.resolve("t.parquet"), COLUMNS, rows(), codec);
    Path csv = Files.writeString(folder.resolve("t.csv"), csv());
    DataSplit expected = split(new DataSource.CsvTable(csv, FORMAT));
    DataSplit read = split(new DataSource.ParquetTable(parquet, FORMAT));
    assertThat(read.train()).isEqualTo(expected.train());
    assertThat(read.validation()).isEqualTo(expected.validation());
    assertThat(read.test()).isEqualTo(expected.test());
    assertThat(read.layout()).isEqualTo(expected.layout());
    assertThat(read.sha256()).isEqualTo(StoredBytes.sha256(parquet));
    assertThat(split(new DataSource.CsvTable(parquet, FORMAT)).train())
        .as("a Parquet file is known by its first bytes")
        .isEqualTo(expected.train());
  }

  @Test
  void load_partsOfBothKinds_fitTogether() throws IOException {
    Path parquet = ParquetFiles.write(folder.resolve("t.parquet"), COLUMNS, rows());
    Path second = Files.copy(parquet, folder.resolve("second.parquet"));
    Path csv = Files.writeString(folder.resolve("t.csv"), csv());
    DataSplit split = split(new DataSource.CsvParts(parquet, csv, second, FORMAT));
    assertThat(split.validation()).isEqualTo(split.train()).isEqualTo(split.test());
  }

  private void refused(Path file, CsvFormat format, String message) {
    assertThatThrownBy(() -> split(new DataSource.ParquetTable(file, format)))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  /** Numbers are passed on as they are and texts as texts, whatever stands beside them. */
  @Test
  void open_manyColumnsOfBothKinds_haveTheirOwnValues() throws IOException {
    int columns = 300;
    String schema =
        IntStream.range(0, columns)
            .mapToObj(
                column ->
                    column % 3 == 0
                        ? "optional double x" + column + ";"
                        : "optional binary c" + column + " (STRING);")
            .collect(Collectors.joining());
    List<Consumer<Group>> rows =
        IntStream.range(0, 5)
            .<Consumer<Group>>mapToObj(
                row ->
                    group -> {
                      for (int column = row; column < columns; column++) {
                        if (column % 3 == 0) {
                          group.add("x" + column, row + column / 7.0);
                        } else {
                          group.add("c" + column, row + "c" + column);
                        }
                      }
                    })
            .toList();
    Path file = ParquetFiles.write(folder.resolve("wide.parquet"), schema, rows);
    try (TableRows read =
        ParquetInput.of(file)
            .open(DialectSettings.UNKNOWN, Optional.empty(), DialectRemedy.OPTION, digest())) {
      assertThat(read.next()).isNotNull();
      for (int row = 0; row < 5; row++) {
        TableRow found = Objects.requireNonNull(read.next());
        for (int column = 0; column < columns; column++) {
          String expected =
              column < row ? "" : column % 3 == 0 ? "" + (row + column / 7.0) : row + "c" + column;
          assertThat(found.text(column)).isEqualTo(expected);
          assertThat(found.number(column))
              .isEqualTo(
                  Double.valueOf(
                      column < row || column % 3 > 0 ? Double.NaN : Double.parseDouble(expected)));
        }
      }
      assertThat(read.next()).isNull();
    }
  }

  @Test
  void load_fileCutShort_isSaidInOneLine() throws IOException {
    Path whole = ParquetFiles.write(folder.resolve("t.parquet"), COLUMNS, rows());
    byte[] bytes = Files.readAllBytes(whole);
    for (int size : new int[] {4, 11, 100, bytes.length / 2, bytes.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, size));
      refused(
          cut,
          FORMAT,
          cut
              + ": the Parquet file is cut short: it does not end with PAR1; copy it or write it"
              + " again");
    }
  }

  @Test
  void load_damagedAnywhere_isSaidInOneLineOrDoesNotMatter() throws IOException {
    Path whole =
        ParquetFiles.write(
            folder.resolve("t.parquet"), COLUMNS, rows(), CompressionCodecName.SNAPPY);
    byte[] bytes = Files.readAllBytes(whole);
    Path damaged = folder.resolve("damaged.parquet");
    int refused = 0;
    for (int place = 4; place < bytes.length - 4; place += 97) {
      byte[] other = bytes.clone();
      for (int each = place; each < Math.min(place + 8, bytes.length - 4); each++) {
        other[each] ^= (byte) 0xff;
      }
      Files.write(damaged, other);
      try {
        split(new DataSource.ParquetTable(damaged, FORMAT));
      } catch (DataException said) {
        refused++;
        assertThat(said.lines()).allSatisfy(line -> assertThat(line).startsWith("" + damaged));
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void load_noParquetFile_namesTheSettingForCsv() throws IOException {
    Path csv = Files.writeString(folder.resolve("t.csv"), csv());
    refused(
        csv,
        FORMAT,
        csv
            + ": is no Parquet file, which begins with PAR1; if it is a CSV file, name it with"
            + " data.csv.file");
    refused(
        folder,
        FORMAT,
        folder + ": is a directory, expected one Parquet file; name the file in it");
    refused(
        folder.resolve("none"),
        FORMAT,
        folder.resolve("none") + ": no such file; check the name and the folder");
    Path encrypted = Files.writeString(folder.resolve("e.parquet"), "PARE and more and PARE");
    refused(
        encrypted,
        FORMAT,
        encrypted + ": is an encrypted Parquet file; write it without encryption");
  }

  @Test
  void load_unknownCompression_namesTheKnownOnes() throws IOException {
    Path file =
        ParquetFiles.write(
            folder.resolve("t.parquet"), COLUMNS, rows(), CompressionCodecName.BROTLI);
    refused(
        file,
        FORMAT,
        file
            + ":row 1: the Parquet file is compressed with brotli, expected snappy, zstd, gzip,"
            + " lz4_raw or none; write it with one of these");
  }

  @Test
  void load_withoutRows_saysSo() throws IOException {
    Path file = ParquetFiles.write(folder.resolve("t.parquet"), COLUMNS, List.of());
    refused(file, FORMAT, file + ": the Parquet file has no rows, expected some; add rows");
  }

  @Test
  void load_oneColumn_saysSo() throws IOException {
    Path file =
        ParquetFiles.write(
            folder.resolve("t.parquet"),
            "required int32 y;",
            List.of(group -> group.add("y", 1), group -> group.add("y", 2)));
    refused(file, FORMAT, file + ": one column, expected features and a label; add columns");
  }

  @Test
  void load_nestedColumn_isRefusedUnlessItIsIgnored() throws IOException {
    Path file =
        ParquetFiles.write(
            folder.resolve("t.parquet"),
            "required int32 n; repeated int32 tags; required group place {required double x;"
                + " required double y;} required binary y (STRING);",
            IntStream.range(0, 60)
                .<Consumer<Group>>mapToObj(
                    row ->
                        group -> {
                          group.add("n", row);
                          group.add("tags", row);
                          group.addGroup("place").append("x", 1.0).append("y", 2.0);
                          group.add("y", row % 2 == 0 ? "a" : "b");
                        })
                .toList());
    refused(
        file,
        FORMAT,
        file
            + ": column \"tags\" is a list, expected numbers, texts, dates or truth values; leave it"
            + " out with --set data.format.ignore=tags,place");
    CsvFormat ignoring =
        new CsvFormat(true, "y", ',', List.of("tags", "place"), List.of())
            .with(DialectSettings.UNKNOWN);
    assertThat(split(new DataSource.ParquetTable(file, ignoring)).train().featureNames())
        .containsExactly("n");
  }

  @Test
  void load_badCell_isNamedByItsRowAndColumn() throws IOException {
    Path file =
        ParquetFiles.write(
            folder.resolve("t.parquet"),
            "required double x; required binary y (STRING);",
            IntStream.range(1, 60)
                .<Consumer<Group>>mapToObj(
                    row ->
                        group -> {
                          group.add("x", row == 1 ? Double.POSITIVE_INFINITY : row);
                          group.add("y", row % 2 == 0 ? "a" : "b");
                        })
                .toList());
    refused(
        file,
        FORMAT,
        file
            + ":row 1:1: \"Infinity\" is not finite, expected a finite number; fill it in or remove"
            + " the row");
  }

  @Test
  void load_settingsOfText_areRefused() throws IOException {
    Path file = ParquetFiles.write(folder.resolve("t.parquet"), COLUMNS, rows());
    refused(
        file,
        new CsvFormat(false, "-1", ',').with(DialectSettings.UNKNOWN),
        file + ": names its columns itself; leave out data.format.header: false");
    refused(
        file,
        new CsvFormat(true, "y", '\t'),
        file + ": is no text, so that it has no delimiter; leave out data.format.delimiter");
  }
}
