package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataSettings;
import io.tandem.data.DataSource;
import io.tandem.data.DataSplit;
import io.tandem.data.Dataset;
import io.tandem.data.SplitSettings;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.NumberMarks;
import io.tandem.dialect.Quotes;
import io.tandem.outcome.Regression;
import io.tandem.outcome.RegressionLoss;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The same table, however it is written, is the same data to the last bit. */
class TableDialectsTest {
  private static final SplitSettings SHARES = new SplitSettings(0.6, 0.2, 0.2);
  private static final List<String> MISSING = List.of("NA", "-999.5");
  private static final int ROWS = 30;
  private static Path file = Path.of("unset");

  @BeforeContainer
  static void create() throws IOException {
    file = Files.createTempFile("dialect", ".csv");
  }

  @AfterContainer
  static void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** A way to write a table, beside its dialect. */
  record Writing(
      Dialect dialect,
      boolean mark,
      boolean header,
      boolean trailing,
      boolean separator,
      String lineEnd,
      boolean compressed) {}

  @Provide
  Arbitrary<Writing> writings() {
    Arbitrary<Dialect> dialects =
        Combinators.combine(
                Arbitraries.of(',', ';', '\t', '|', ':'),
                Arbitraries.of('"', '\'', Dialect.NO_QUOTE),
                Arbitraries.of('.', ','),
                Arbitraries.of(NumberMarks.NONE, ',', '.', ' ', '\''),
                Arbitraries.of("UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE", "ISO-8859-15"))
            .filter(
                (delimiter, quote, decimal, thousands, encoding) ->
                    Dialect.conflict(
                                Optional.of(Delimiter.of(delimiter)),
                                Optional.of(quote),
                                Optional.of(decimal),
                                Optional.of(thousands))
                            .isEmpty()
                        && (quote != Dialect.NO_QUOTE || !delimiter.equals(thousands)))
            .as(
                (delimiter, quote, decimal, thousands, encoding) ->
                    new Dialect(
                        Delimiter.of(delimiter),
                        quote,
                        new NumberMarks(decimal, thousands),
                        Charset.forName(encoding)));
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Combinators.combine(
            dialects, either, either, either, either, Arbitraries.of("\n", "\r\n"), either)
        .as(Writing::new);
  }

  /** Numbers of different sizes and lengths, gaps, categories, a number to predict, and a class. */
  private static List<List<String>> table(long seed) {
    Random random = new Random(seed);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      String fraction = random.nextInt(8) == 0 ? "" : "." + random.nextInt(100_000);
      rows.add(
          List.of(
              (random.nextBoolean() ? "-" : "") + random.nextInt(10_000_000) + fraction,
              String.format(Locale.ROOT, "%.4f", random.nextGaussian()),
              random.nextInt(6) == 0 ? "NA" : random.nextInt(6) == 0 ? "-999.5" : "12.25",
              random.nextInt(5) == 0 ? "" : List.of("grün", "it s", "rot").get(random.nextInt(3)),
              String.valueOf(random.nextInt(3000) / 2.0),
              List.of("01", "1", "é").get(row % 3)));
    }
    return rows;
  }

  private static boolean isNumber(String cell, int column) {
    return (column < 3 || column == 4) && CsvFormat.isNumber(cell);
  }

  private static String written(String cell, boolean number, Dialect dialect) {
    String text = cell;
    if (number) {
      int point = cell.indexOf('.');
      String whole = point < 0 ? cell : cell.substring(0, point);
      String rest = point < 0 ? "" : dialect.numbers().decimal() + cell.substring(point + 1);
      char thousands = dialect.numbers().thousands();
      text =
          (thousands == NumberMarks.NONE
                  ? whole
                  : whole.replaceAll("(?<=[0-9])(?=([0-9]{3})+$)", String.valueOf(thousands)))
              + rest;
    }
    return quoted(text, dialect);
  }

  private static String quoted(String text, Dialect dialect) {
    if (text.indexOf(dialect.delimiter().symbol()) < 0) {
      return text;
    }
    return dialect.quote() + text + dialect.quote();
  }

  private static void write(List<List<String>> rows, Writing writing) {
    Dialect dialect = writing.dialect();
    String delimiter = String.valueOf(dialect.delimiter().symbol());
    StringBuilder text = new StringBuilder(writing.mark() && isUnicode(dialect) ? "\uFEFF" : "");
    String end = (writing.trailing() ? delimiter : "") + writing.lineEnd();
    if (writing.separator()) {
      text.append("sep=").append(delimiter).append(writing.lineEnd());
    }
    if (writing.header()) {
      text.append(String.join(delimiter, "a", "b", "c", "ä", "t", "class")).append(end);
    }
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        cells.add(written(cell, isNumber(cell, column), dialect));
      }
      text.append(String.join(delimiter, cells)).append(end);
    }
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream stream = writing.compressed() ? new GZIPOutputStream(plain) : plain) {
      stream.write(text.toString().getBytes(dialect.encoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isUnicode(Dialect dialect) {
    return dialect.encoding().name().startsWith("UTF");
  }

  private static CsvFormat format(
      Writing writing, DialectSettings known, boolean predictsNumber, List<String> missing) {
    return new CsvFormat(
        writing.header(),
        "5",
        known,
        List.of(predictsNumber ? "5" : "4"),
        missing,
        List.of("3"),
        predictsNumber
            ? Optional.of(new Regression(List.of("4"), RegressionLoss.squared(), false))
            : Optional.empty(),
        Optional.empty(),
        0);
  }

  private static DataSplit load(CsvFormat format) {
    return TableFiles.load(new DataSettings(new DataSource.CsvTable(file, format), SHARES), 1);
  }

  private static Writing plain(boolean header) {
    return new Writing(Dialect.STANDARD, false, header, false, false, "\n", false);
  }

  /** The data of a table of commas, as they were always read. */
  private static DataSplit expected(
      List<List<String>> rows, boolean header, boolean predictsNumber) {
    Writing plain = plain(header);
    write(rows, plain);
    return load(format(plain, DialectSettings.of(','), predictsNumber, MISSING));
  }

  private static void assertSame(DataSplit found, DataSplit expected) {
    List<Dataset> parts = List.of(found.train(), found.validation(), found.test());
    List<Dataset> wanted = List.of(expected.train(), expected.validation(), expected.test());
    for (int part = 0; part < parts.size(); part++) {
      assertThat(parts.get(part).features()).isEqualTo(wanted.get(part).features());
      assertThat(parts.get(part).rows()).isEqualTo(wanted.get(part).rows());
      assertThat(parts.get(part).outcome()).isEqualTo(wanted.get(part).outcome());
      assertThat(parts.get(part).targets())
          .usingRecursiveComparison()
          .isEqualTo(wanted.get(part).targets());
    }
    assertThat(found.standardisation().mean()).isEqualTo(expected.standardisation().mean());
    assertThat(found.standardisation().scale()).isEqualTo(expected.standardisation().scale());
  }

  private static List<String> missing(Dialect dialect) {
    return List.of("NA", dialect.numbers().written("-999.5"));
  }

  @Property(tries = 150)
  void load_declaredDialect_isTheSameData(
      @ForAll long seed, @ForAll("writings") Writing writing, @ForAll boolean predictsNumber) {
    List<List<String>> rows = table(seed);
    DataSplit expected = expected(rows, writing.header(), predictsNumber);

    write(rows, writing);
    DialectSettings known = DialectSettings.exactly(writing.dialect());

    assertSame(load(format(writing, known, predictsNumber, missing(writing.dialect()))), expected);
  }

  /** Delimiter, decimal mark and byte order mark are found; the rest is declared or as usual. */
  @Property(tries = 150)
  void load_foundDialect_isTheSameData(@ForAll long seed, @ForAll("writings") Writing writing) {
    Dialect dialect = writing.dialect();
    boolean separates = dialect.delimiter().symbol() == ':' && !writing.separator();
    List<List<String>> rows = table(seed);
    DataSplit expected = expected(rows, writing.header(), false);

    write(rows, writing);
    DialectSettings known =
        new DialectSettings(
            separates ? Optional.of(dialect.delimiter()) : Optional.empty(),
            Optional.of(dialect.quote()),
            Optional.empty(),
            Optional.of(dialect.numbers().thousands()),
            writing.mark() && isUnicode(dialect)
                ? Optional.empty()
                : Optional.of(dialect.encoding()));

    DataSplit found = load(format(writing, known, false, missing(dialect)));
    assertThat(found.layout().orElseThrow().dialect()).isEqualTo(dialect);
    assertSame(found, expected);
  }

  /** An older version read tables of commas alone. */
  @Property(tries = 50)
  void load_foundComma_isReadAsADeclaredOne(@ForAll long seed) {
    DataSplit declared = expected(table(seed), true, false);
    DataSplit found =
        load(
            format(
                plain(true),
                new DialectSettings(
                    Optional.empty(),
                    Quotes.parse("\""),
                    Optional.empty(),
                    Optional.of(NumberMarks.NONE),
                    Optional.empty()),
                false,
                MISSING));
    assertSame(found, declared);
    assertThat(found.notes()).isEqualTo(declared.notes());
    assertThat(found.table().orElseThrow().encoding())
        .isEqualTo(declared.table().orElseThrow().encoding());
    assertThat(found.layout()).isEqualTo(declared.layout());
  }
}
