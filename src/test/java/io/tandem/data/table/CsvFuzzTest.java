package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.Dataset;
import io.tandem.data.SplitSettings;
import io.tandem.data.StoredBytes;
import io.tandem.data.TableLayout;
import io.tandem.data.source.DataLoader;
import io.tandem.dialect.DialectSettings;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import io.tandem.outcome.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a file holds, the user gets rows or one line of explanation, never a stack trace. */
class CsvFuzzTest {
  private static final TableLayout LAYOUT =
      new TableLayout(List.of("a", "b", "kind"), true, 2, List.of(0, 1), ',', List.of());

  private static final SplitSettings SPLIT = new SplitSettings(0.6, 0.2, 0.2);
  private static Path file = Path.of("unset");

  @BeforeContainer
  static void createFile() throws IOException {
    file = Files.createTempFile("fuzz", ".csv");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.deleteIfExists(file);
  }

  private static void check(byte[] bytes, CsvFormat format) {
    StoredBytes input =
        new StoredBytes("fuzz.csv", CsvReader.KIND, () -> new ByteArrayInputStream(bytes));
    try {
      Table table = CsvReader.read(input, format, StoredBytes.sha256());
      if (table.typed().isPresent()) {
        assertThat(table.typed().get().rows()).isEqualTo(table.rows()).isPositive();
        return;
      }
      Dataset dataset =
          table.toDataset(
              TableTargets.of(table, new Outcome.Classes(table.labels().orElseThrow().texts())));
      assertThat(dataset.rows()).isPositive();
      for (float cell : dataset.features()) {
        assertThat(cell).isFinite();
      }
    } catch (DataException e) {
      assertLines(e);
    }
  }

  private static void checkFile(byte[] bytes, CsvFormat format) {
    try {
      Files.write(file, bytes);
      DataLoader.load(
          new DataSettings(new DataSource.CsvTable(file, format), SPLIT),
          1,
          GraphImageDecoder::new);
    } catch (DataException e) {
      assertLines(e);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    try {
      PredictionRows.read(
          StoredBytes.file(file, CsvReader.KIND),
          LAYOUT,
          Optional.empty(),
          PredictionRows.Request.features(DialectSettings.UNKNOWN),
          batch -> assertThat(batch.rows()).isPositive());
    } catch (DataException e) {
      assertLines(e);
    }
  }

  private static void assertLines(DataException error) {
    assertThat(error).message().doesNotContain("\r");
    assertThat(error.lines()).hasSizeBetween(1, 22).noneMatch(String::isBlank);
  }

  @Property(tries = 500)
  void read_anyBytes_givesRowsOrLines(
      @ForAll @Size(max = 200) byte[] bytes, @ForAll boolean header) {
    check(bytes, new CsvFormat(header, "-1", ','));
  }

  @Property(tries = 1000)
  void load_tableLikeText_givesRowsOrLines(
      @ForAll
          @StringLength(max = 60)
          @Chars({'a', 'b', '1', '2', ',', ',', '\n', '\n', '"', '\r', ' ', '.', '-', 'é'})
          String text,
      @ForAll boolean header,
      @ForAll @IntRange(min = -3, max = 3) int label) {
    checkFile(
        text.getBytes(StandardCharsets.UTF_8), new CsvFormat(header, Integer.toString(label), ','));
  }

  @Property(tries = 1000)
  void load_textOfUnknownDialect_givesRowsOrLines(
      @ForAll
          @StringLength(max = 80)
          @Chars({'a', '1', '2', ',', ';', ';', '\n', '\n', '"', '\'', '\t', ' ', '.', '|', 'é'})
          String text,
      @ForAll boolean header,
      @ForAll boolean wide) {
    checkFile(
        (wide ? "\uFEFF" + text : text)
            .getBytes(wide ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8),
        new CsvFormat(header, "-1", ',').with(DialectSettings.UNKNOWN));
  }

  @Property(tries = 500)
  void read_flippedTable_givesRowsOrLines(
      @ForAll @IntRange(max = 59) int position, @ForAll byte value, @ForAll boolean compressed)
      throws IOException {
    byte[] bytes =
        "a,b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n9,10,x\n11,12,y\n13,14,z\n"
            .getBytes(StandardCharsets.UTF_8);
    byte[] stored = compressed ? gzip(bytes) : bytes;
    stored[position % stored.length] = value;
    check(stored, new CsvFormat(true, "kind", ','));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(plain);
    }
    return bytes.toByteArray();
  }
}
