package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.SplitSettings;
import io.tandem.data.StoredBytes;
import io.tandem.data.source.DataLoader;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every mistake in a table is told in one line with its place, the value and a remedy: it is the
 * first thing that most users meet.
 */
class DataErrorsTest {
  private static final SplitSettings SPLIT = new SplitSettings(0.6, 0.2, 0.2);
  private static final CsvFormat HEADER = new CsvFormat(true, "species", ',');
  private static final CsvFormat BARE = new CsvFormat(false, "-1", ',');
  private static final String GOOD = "a,b,species\n1,2,x\n2,3,x\n3,4,x\n1,5,y\n0,0,y\n7,7,y\n";

  @TempDir private Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> loading(
      Path file, CsvFormat format) {
    DataSettings settings = new DataSettings(new DataSource.CsvTable(file, format), SPLIT);
    return assertThatThrownBy(() -> DataLoader.load(settings, 1, GraphImageDecoder::new))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString() + ":")
        .satisfies(error -> assertThat(error).message().doesNotContain("\n", "\r"));
  }

  /** Trimmed away they would hide that a file is damaged. */
  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u0001", "\u001c", "\u007f"})
  void load_controlCharacterBesideANumber_isRefused(String symbol) throws IOException {
    loading(write(GOOD.replace("1,5,y", "1,5" + symbol + ",y")), HEADER)
        .hasMessageContaining(":5:2: \"5\\u00")
        .hasMessageContaining("is not a number");
  }

  @Test
  void load_spacesAroundANumber_areNoPartOfIt() throws IOException {
    Path file = write(GOOD.replace("1,5,y", " 1\t,\t5 , y "));
    DataSettings settings = new DataSettings(new DataSource.CsvTable(file, HEADER), SPLIT);
    assertThat(DataLoader.load(settings, 1, GraphImageDecoder::new).train().classes()).hasSize(2);
  }

  /** The library calls every limit of its own a quote. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1 << 24})
  void load_overlongCell_isRefusedAsThat(int more) throws IOException {
    String text = "x".repeat((1 << 24) + more);
    for (String cell : List.of(text, '"' + text + '"')) {
      loading(write(GOOD.replace("1,5,y", "1,5," + cell)), HEADER)
          .hasMessageContaining(":5: a cell of this row has more than 16777216 characters")
          .hasMessageNotContaining("xxx");
    }
  }

  @Test
  void load_pipe_isRefusedAsOne() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    loading(pipe, HEADER).hasMessageContaining("is a pipe or device").hasMessageContaining("give");
  }

  @Test
  void load_missingFile_isRefused() {
    loading(folder.resolve("none.csv"), HEADER).hasMessageContaining("no such file");
  }

  @Test
  void load_fileBelowFile_isRefused() throws IOException {
    loading(write(GOOD).resolve("more.csv"), HEADER).hasMessageContaining("no such file");
  }

  @Test
  void load_directory_isRefused() {
    loading(folder, HEADER).hasMessageContaining("is a directory");
  }

  @Test
  void load_forbiddenFile_isRefused() throws IOException {
    Path file = write(GOOD);
    assertThat(file.toFile().setReadable(false)).isTrue();
    Assumptions.assumeFalse(Files.isReadable(file), "the superuser may read everything");
    loading(file, HEADER).hasMessageContaining("permission denied");
  }

  @Test
  void unreadable_accessDenied_namesPermission() {
    StoredBytes input =
        new StoredBytes(
            "secret.csv",
            CsvReader.KIND,
            () -> {
              throw new java.nio.file.AccessDeniedException("secret.csv");
            });
    assertThatThrownBy(() -> CsvReader.read(input, HEADER, StoredBytes.sha256()))
        .isInstanceOf(DataException.class)
        .hasMessage("secret.csv: permission denied; allow this user to read the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\r\n", "\uFEFF"})
  void load_emptyFile_isRefused(String text) throws IOException {
    loading(write(text), HEADER).hasMessageContaining("the file is empty");
  }

  @Test
  void load_headerOnly_isRefused() throws IOException {
    loading(write("a,b,species\n"), HEADER).hasMessageContaining("a header and no rows");
  }

  @Test
  void load_shortRow_namesLineAndMissingCell() throws IOException {
    loading(write("a,b,species\n1,2,x\n1,x\n"), HEADER)
        .hasMessageContaining("table.csv:3:3: the row has 2 cells, expected 3");
  }

  @Test
  void load_longRow_namesLineAndExtraCell() throws IOException {
    loading(write("a,b,species\n1,2,x\n\n1,2,x,9\n"), HEADER)
        .hasMessageContaining("table.csv:4:4: the row has 4 cells, expected 3");
  }

  @Test
  void load_text_namesCellAndValue() throws IOException {
    loading(write("a,b,species\n1,2,x\n1,two,x\n"), HEADER)
        .hasMessageContaining("table.csv:3:2: \"two\" is not a number");
  }

  @Test
  void load_textInFirstRowWithoutHeader_suggestsHeader() throws IOException {
    loading(write(GOOD), BARE)
        .hasMessageContaining("table.csv:1:1: \"a\" is not a number")
        .hasMessageContaining("say that the table has a header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d", "1f", "0x10", "1e", "e5", ".", "-", "1.2.3", "1 2", "NA"})
  void load_javaOnlyOrBrokenNumber_isRefused(String cell) throws IOException {
    loading(write("a,b,species\n1,\"" + cell + "\",x\n"), HEADER)
        .hasMessageContaining("table.csv:2:2: \"" + cell + "\" is not a number");
  }

  @Test
  void load_severalMistakes_areReportedTogether() throws IOException {
    assertThat(linesOf(write("a,b,species\none,2,x\n1,inf,x\n1,2\n1,2,\n\"1,5\",2,NA\n"), HEADER))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("table.csv:2:1: \"one\" is not a number"),
            line -> assertThat(line).startsWith("table.csv:3:2: \"inf\" is not finite"),
            line -> assertThat(line).startsWith("table.csv:4:3: the row has 2 cells"),
            line -> assertThat(line).startsWith("table.csv:6:1: \"1,5\" has a decimal comma"));
  }

  /** The names are missing because there is no header, which is what has to be said. */
  @Test
  void load_namesInATableWithoutHeader_areAnsweredWithTheDiagnosis() throws IOException {
    Path bare = write("1,5.1,3.5,1.4,ant\n" + "2,4.9,3.0,1.4,bee\n".repeat(9));
    loading(bare, new CsvFormat(true, "species", ',', List.of("id"), List.of()))
        .hasMessageContaining("no column is called \"id\" (data.format.ignore)")
        .hasMessageEndingWith(
            "; the first row is used as column names but looks like data: if it is, use --set"
                + " data.format.header=false and name columns by their index, as --set"
                + " data.format.label=4");
    Path wide = write("a,".repeat(200) + "species\n" + "1,".repeat(200) + "x\n");
    loading(wide, new CsvFormat(true, "kind", ',')).hasMessageContaining("\"a\" and 1");
  }

  @Test
  void load_manyMistakes_areShownUpToTwentyAndCounted() throws IOException {
    assertThat(linesOf(write("a,species\n" + "\"1,5\",x\n".repeat(1234)), HEADER))
        .hasSize(21)
        .last()
        .isEqualTo("table.csv: 1,214 more mistakes of this kind; correct those above first");
  }

  @Test
  void load_mistakesBeforeAnEndThatCannotBeRead_areReportedToo() throws IOException {
    assertThat(linesOf(write("a,species\none,x\n1,\"y\n"), HEADER))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("table.csv:2:1: \"one\""),
            line -> assertThat(line).startsWith("table.csv:3: a quote that begins"));
  }

  private static List<String> linesOf(Path file, CsvFormat format) {
    DataSettings settings = new DataSettings(new DataSource.CsvTable(file, format), SPLIT);
    DataException error =
        catchThrowableOfType(
            DataException.class, () -> DataLoader.load(settings, 1, GraphImageDecoder::new));
    return error.lines().stream().map(line -> line.replace(file.toString(), "table.csv")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "-inf", "Infinity", "+INF"})
  void load_nonFinite_isRefused(String cell) throws IOException {
    loading(write("a,b,species\n1," + cell + ",x\n"), HEADER)
        .hasMessageContaining("table.csv:2:2: \"" + cell + "\" is not finite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e39", "-3.5e38", "1e999"})
  void load_beyondFloat_isRefused(String cell) throws IOException {
    loading(write("a,b,species\n1," + cell + ",x\n"), HEADER)
        .hasMessageContaining("table.csv:2:2: \"" + cell + "\" is too large");
  }

  /** A graph takes such a deviation for 0 and divides by it, after a whole search. */
  @ParameterizedTest
  @ValueSource(strings = {"e-38", "e-39", "e-45"})
  void load_deviationTooSmallForAGraph_isRefused(String power) throws IOException {
    StringBuilder table = new StringBuilder("a,b,species\n");
    for (int row = 0; row < 30; row++) {
      table
          .append(row % 3)
          .append(power)
          .append(",")
          .append(row)
          .append(row % 2 == 0 ? ",x\n" : ",y\n");
    }
    loading(write(table.toString()), HEADER)
        .hasMessageContaining("column \"a\": its standard deviation ")
        .hasMessageContaining("is too small for 32 bits, expected at least 1.2e-38");
  }

  @Test
  void load_valuesTooFarApart_areRefusedBeforeTheyBecomeInfinite() throws IOException {
    loading(
            write(
                "a,b,species\n3.3e38,2,x\n-3.3e38,3,x\n3.3e38,4,x\n3.3e38,5,y\n3.3e38,0,y\n3.3e38,7,y\n"),
            HEADER)
        .hasMessageContaining("column \"a\": ")
        .hasMessageContaining("is too far from the mean")
        .hasMessageContaining("rescale the column");
  }

  @Test
  void load_noLabels_isRefused() throws IOException {
    loading(write("a,b,species\n1,2,\n3,4,\n"), HEADER)
        .hasMessageContaining("no row has a label in column \"species\"");
  }

  @Test
  void load_unknownLabelColumn_suggestsNearestName() throws IOException {
    loading(write(GOOD), new CsvFormat(true, "spices", ','))
        .hasMessageContaining("table.csv:1: no column is called \"spices\"")
        .hasMessageEndingWith("did you mean \"species\"?");
  }

  @Test
  void load_labelNameWithoutHeader_asksForIndex() throws IOException {
    loading(write("1,2,x\n"), new CsvFormat(false, "species", ','))
        .hasMessageContaining("label column \"species\" is a name, but the table has no header")
        .hasMessageContaining("from 0 to 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "-4", "999999999"})
  void load_labelIndexOutOfRange_namesRange(String index) throws IOException {
    loading(write(GOOD), new CsvFormat(true, index, ','))
        .hasMessageContaining("label column " + index + " does not exist, expected -3 to 2");
  }

  @Test
  void load_oneColumn_suggestsDelimiter() throws IOException {
    loading(write("a;b;species\n1;2;x\n"), HEADER)
        .hasMessageContaining("table.csv:1: one column")
        .hasMessageContaining("delimiter");
  }

  @Test
  void load_duplicateHeader_namesBoth() throws IOException {
    loading(write("a,b,a,species\n1,2,3,x\n"), HEADER)
        .hasMessageContaining("table.csv:1:3: column 1 is called \"a\" too");
  }

  @Test
  void load_namelessColumn_isRefused() throws IOException {
    loading(write(",a,species\n0,1,x\n"), HEADER)
        .hasMessageContaining("table.csv:1:1: the column has no name");
  }

  @Test
  void load_rareClass_namesItAndItsRows() throws IOException {
    loading(write(GOOD + "1,1,z\n2,2,z\n"), HEADER)
        .hasMessageContaining("table.csv:8:3: class \"z\" has 2 rows, expected at least 3");
  }

  @Test
  void load_singleClass_isRefused() throws IOException {
    loading(write("a,b,species\n1,2,x\n1,3,x\n1,4,x\n"), HEADER)
        .hasMessageContaining("every row has the label \"x\"")
        .hasMessageContaining("(species)");
  }

  @Test
  void load_missingLabel_isLeftOutAndCountedUnlessItIsAClass() throws IOException {
    List<String> marks = List.of("NA", "?", "None");
    for (String mark : marks) {
      Path file = write(GOOD + "1,1," + mark + "\n");
      CsvFormat format = new CsvFormat(true, "species", ',', List.of(), marks);
      DataSplit split =
          DataLoader.load(
              new DataSettings(new DataSource.CsvTable(file, format), SPLIT),
              1,
              GraphImageDecoder::new);
      assertThat(split.train().rows() + split.validation().rows() + split.test().rows())
          .isEqualTo(6);
      assertThat(split.notes())
          .containsExactly(file + ": 1 row has no label, the first in line 8 (left out)");
      loading(file, HEADER).hasMessageContaining("class \"" + mark + "\" has 1 row");
    }
  }

  @Test
  void load_continuousTarget_saysThatItIsANumber() throws IOException {
    StringBuilder text = new StringBuilder("a,price\n");
    for (int row = 0; row < 40; row++) {
      text.append(row % 7).append(',').append(12.5 + row * row).append('\n');
    }
    loading(write(text.toString()), new CsvFormat(true, "price", ','))
        .hasMessageContaining("the label column (price) looks like a number to be predicted")
        .hasMessageContaining("40 different numbers in 40 rows");
  }

  @Test
  void load_ignoredColumns_areLeftOutOrRefusedByName() throws IOException {
    Path file = write("id,a,note,species\n" + "1,2,x,u\n2,3,y,v\n".repeat(9));
    for (List<String> ignore :
        List.of(List.of("id", "note"), List.of("0", "2"), List.of("note", "-4"))) {
      CsvFormat format = new CsvFormat(true, "species", ',', ignore, List.of());
      DataSettings settings = new DataSettings(new DataSource.CsvTable(file, format), SPLIT);
      assertThat(DataLoader.load(settings, 1, GraphImageDecoder::new).train().featureNames())
          .containsExactly("a");
    }
    loading(file, new CsvFormat(true, "species", ',', List.of("nte"), List.of()))
        .hasMessageContaining("no column is called \"nte\" (data.format.ignore)")
        .hasMessageContaining("expected one of \"id\", \"a\", \"note\", \"species\"; did")
        .hasMessageContaining("did you mean \"note\"?")
        .hasMessageNotContaining("looks like data");
    loading(file, new CsvFormat(true, "species", ',', List.of("species"), List.of()))
        .hasMessageContaining("column \"species\" is the label and is ignored");
    loading(file, new CsvFormat(true, "species", ',', List.of("0", "1", "2"), List.of()))
        .hasMessageContaining("every column is predicted or ignored");
    Path bare = write(",a,species\n" + "1,2,u\n2,3,v\n".repeat(9));
    loading(bare, HEADER).hasMessageContaining("leave it out with --set data.format.ignore=0");
    CsvFormat without = new CsvFormat(true, "species", ',', List.of("0"), List.of());
    assertThat(
            DataLoader.load(
                    new DataSettings(new DataSource.CsvTable(bare, without), SPLIT),
                    1,
                    GraphImageDecoder::new)
                .train()
                .columns())
        .isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "504b03041400|is a zip archive; unpack it",
        "504b03045b436f6e74656e745f54797065735d2e786d6c|is an Excel file; save it as CSV",
        "425a6839|is compressed with bzip2",
        "fd377a585a00|is compressed with xz",
        "28b52ffd|is compressed with zstd",
        "50415231|is a Parquet file",
        "d0cf11e0a1b11ae1|is a file of an old Office program",
        "3c21444f43545950452068746d6c3e|is a web page"
      })
  void load_fileOfAnotherKind_saysWhatItIsAndWhatToDo(String hex, String expected)
      throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    loading(Files.write(folder.resolve("table.csv"), bytes), HEADER)
        .hasMessageContaining("table.csv: " + expected);
    loading(Files.write(folder.resolve("table.csv"), gzip(bytes)), HEADER)
        .hasMessageContaining("table.csv: " + expected);
  }

  @Test
  void load_gzipInGzip_isRefused() throws IOException {
    loading(Files.write(folder.resolve("twice.csv.gz"), gzip(gzip(GOOD))), HEADER)
        .hasMessageContaining("is compressed with gzip twice");
  }

  @Test
  void load_quotedSemicolons_suggestTheDelimiter() throws IOException {
    loading(write("\"a\";\"b\";\"species\"\n1;2;x\n"), HEADER)
        .hasMessageContaining("table.csv:1: text follows a closing quote")
        .hasMessageContaining("the line has 2 times \";\", so use --set 'data.format.delimiter=;'");
    loading(write("a;b;species\n1;2;x\n"), HEADER)
        .hasMessageContaining("so use --set 'data.format.delimiter=;'");
    loading(write("a\tb\tspecies\n1\t2\tx\n"), HEADER)
        .hasMessageContaining("so use --set 'data.format.delimiter=\\t'");
  }

  @Test
  void load_undecodableByte_namesLineAndCell() throws IOException {
    byte[] bytes = "a,b,species\n1,2,x\n1,2,caf#\n".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xe9;
    Path file = Files.write(folder.resolve("latin.csv"), bytes);
    loading(file, HEADER)
        .hasMessageContaining(
            "latin.csv:3:3: byte 0xe9 at offset 25 is not UTF-8; save the file as UTF-8, or use --set"
                + " data.format.encoding=windows-1252 if it is from a Windows program");
  }

  @Test
  void load_utf16WithoutAMark_isRefused() throws IOException {
    Path file = Files.write(folder.resolve("wide.csv"), GOOD.getBytes(StandardCharsets.UTF_16LE));
    loading(file, HEADER);
  }

  @Test
  void load_openQuote_isRefused() throws IOException {
    loading(write("a,b,species\n1,2,x\n1,\"2,x\n3,4,y\n"), HEADER)
        .hasMessageContaining("table.csv:3: a quote that begins in this row is never closed");
  }

  @Test
  void load_openQuoteInLabel_doesNotSwallowRows() throws IOException {
    loading(write("a,b,species\n1,2,x\n1,2,\"x\n3,4,y\n"), HEADER)
        .hasMessageContaining("table.csv:3: a quote that begins in this row is never closed");
  }

  @Test
  void load_truncatedGzip_isRefused() throws IOException {
    byte[] whole = gzip(GOOD);
    Path file = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length - 12));
    loading(file, HEADER).hasMessageContaining("cannot be read");
  }

  @Test
  void load_alteredGzip_isRefused() throws IOException {
    byte[] bytes = gzip(GOOD);
    bytes[bytes.length - 6] ^= 1;
    Path file = Files.write(folder.resolve("bad.csv.gz"), bytes);
    loading(file, HEADER).hasMessageContaining("cannot be read");
  }

  @Test
  void load_controlCharactersInCell_stayOnOneLine() throws IOException {
    loading(write("a,b,species\n1,\"two\nlines\u001b[31m\",x\n"), HEADER)
        .hasMessageContaining("\"two\\u000alines\\u001b[31m\" is not a number");
  }

  @Test
  void load_longCell_isCut() throws IOException {
    loading(write("a,b,species\n1," + "q".repeat(100_000) + ",x\n"), HEADER)
        .satisfies(error -> assertThat(error).message().hasSizeLessThan(500));
  }

  @ParameterizedTest
  @ValueSource(chars = {'\n', '\r'})
  void load_impossibleDelimiter_isRefused(char delimiter) throws IOException {
    loading(write(GOOD), new CsvFormat(true, "species", delimiter))
        .hasMessageContaining("cells cannot be separated by");
  }

  @Test
  void load_delimiterThatIsTheQuote_isRefused() throws IOException {
    loading(write(GOOD), new CsvFormat(true, "species", '"'))
        .hasMessageContaining("\"\"\" is the delimiter and the quote, expected different");
  }

  private static byte[] gzip(String text) throws IOException {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(content);
    }
    return bytes.toByteArray();
  }
}
