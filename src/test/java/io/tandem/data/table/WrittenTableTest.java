package io.tandem.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataException;
import io.tandem.data.StoredBytes;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.NumberMarks;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as programs of many countries write them, and what is said where one cannot be read. */
class WrittenTableTest {
  private static final DialectSettings USUAL =
      new DialectSettings(
          Optional.empty(),
          Optional.of('"'),
          Optional.empty(),
          Optional.of(NumberMarks.NONE),
          Optional.empty());
  private static final String ROWS = "1;2;x\n3;4;y\n".repeat(5);

  private static CsvFormat format(boolean header, double damagedShare, String... ignore) {
    return new CsvFormat(
        header,
        "-1",
        USUAL,
        List.of(ignore),
        List.of("NA"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        damagedShare);
  }

  private static CsvFormat format() {
    return format(true, 0);
  }

  private static Table read(byte[] bytes, CsvFormat format) {
    return CsvReader.read(
        new StoredBytes("t.csv", CsvReader.KIND, () -> new ByteArrayInputStream(bytes)),
        format,
        StoredBytes.sha256());
  }

  private static Table read(String text, CsvFormat format) {
    return read(text.getBytes(StandardCharsets.UTF_8), format);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      byte[] bytes, CsvFormat format) {
    return assertThatThrownBy(() -> read(bytes, format))
        .isInstanceOf(DataException.class)
        .hasMessageNotContaining("\n");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      String text, CsvFormat format) {
    return refused(text.getBytes(StandardCharsets.UTF_8), format);
  }

  @Test
  void read_delimiterThatIsFound_isTold() {
    Table table = read("a;b;kind\n1,5;2;x\n2,5;3;y\n", format());
    assertThat(table.layout().dialect())
        .isEqualTo(
            new Dialect(
                Delimiter.of(';'), '"', new NumberMarks(',', '\0'), StandardCharsets.UTF_8));
    assertThat(table.cells().toArray()).containsExactly(1.5f, 2, 2.5f, 3);
    assertThat(table.leftOut())
        .containsExactly("delimiter \";\", decimal comma (found in the first rows)");
    assertThat(read("a,b,kind\n1.5,2,x\n", format()).leftOut()).isEmpty();
    assertThat(read("a;b;kind\n1.5;2;x\n", format().with(DialectSettings.of(';'))).leftOut())
        .as("declared")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
  void read_byteOrderMark_isUsed(String encoding) {
    String text = "\uFEFFä\tb\tkind\n1\t2\tgrün\n3\t4\trot\n";
    Table table = read(text.getBytes(Charset.forName(encoding)), format());
    assertThat(table.layout().columns()).containsExactly("ä", "b", "kind");
    assertThat(table.labels().orElseThrow().texts()).containsExactly("grün", "rot");
  }

  @Test
  void read_columnsAlignedBySpaces_areRead() {
    Table table = read("  a    b  kind\n 1.5  2  \"an x\"  \n10.5 20\ty\n", format());
    assertThat(table.layout().columns()).containsExactly("a", "b", "kind");
    assertThat(table.cells().toArray()).containsExactly(1.5f, 2, 10.5f, 20);
    assertThat(table.labels().orElseThrow().texts()).containsExactly("an x", "y");
  }

  @Test
  void read_twoDelimitersEquallyLikely_areNamedWithWhatToSet() {
    refused("x,y|z\na,b|c\nd,e|f\n", format())
        .hasMessage(
            "t.csv: the first rows divide equally well at \",\" and at \"|\", expected one"
                + " delimiter; use --set data.format.delimiter=, or --set"
                + " 'data.format.delimiter=|'");
  }

  @Test
  void read_commaBeforeThreeDigits_isAnErrorThatSaysWhatToSet() {
    refused("a;b;kind\n1,234;2;x\n", format())
        .hasMessage(
            "t.csv:2:1: \"1,234\" has a comma, which stands for the decimal point or between"
                + " thousands, expected a number like -1.5; use --set data.format.decimal=, if it is"
                + " the decimal mark, or --set data.format.thousands=, if it is between thousands, or"
                + " write it with a point as 1.234, or without the comma as 1234");
    CsvFormat decimal =
        format()
            .with(
                new DialectSettings(
                    Optional.empty(),
                    Optional.of('"'),
                    Optional.of(','),
                    Optional.of(NumberMarks.NONE),
                    Optional.empty()));
    assertThat(read("a;b;kind\n1,234;2;x\n", decimal).cells().toArray()).containsExactly(1.234f, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5|has a decimal point, expected a number like -1,5; use --set data.format.decimal=. if"
            + " numbers are written so, or write it with a comma, as 1,5",
        "1.234|has a point, which stands for the decimal comma or between thousands, expected a"
            + " number like -1,5; use --set data.format.decimal=. if it is the decimal mark, or"
            + " --set data.format.thousands=. if it is between thousands, or write it with a comma as"
            + " 1,234, or without the point as 1234",
        "1.234,5|has separators of thousands, expected a number like -1,5; use --set"
            + " data.format.thousands=. if numbers are written so, or write it without them, as"
            + " 1234,5",
        "1 234,5|has separators of thousands, expected a number like -1,5; use --set"
            + " data.format.thousands=space if numbers are written so, or write it without them, as"
            + " 1234,5",
        "12,5 %|has a percent sign, expected a number like -1,5; write it without the sign, as 12,5"
      })
  void read_otherNumbersInATableOfDecimalCommas_areNamed(String cell, String message) {
    String row = "1,5;2,5;x\n";
    refused("a;b;kind\n" + row.repeat(200) + cell + ";2;x\n", format())
        .hasMessage("t.csv:202:1: \"" + cell + "\" " + message);
  }

  @Test
  void read_emptyColumnsAtTheEnd_disappear() {
    for (String end : List.of(";", ";;;")) {
      Table table = read(("a;b;kind" + end + "\n" + ROWS.replace("\n", end + "\n")), format());
      assertThat(table.layout().columns()).containsExactly("a", "b", "kind");
      assertThat(table.layout().labelName()).isEqualTo("kind");
      assertThat(table.rows()).isEqualTo(10);
      assertThat(table.leftOut())
          .hasSize(2)
          .last()
          .isEqualTo(
              end.equals(";")
                  ? "an empty last column (left out)"
                  : "3 empty last columns (left out)");
    }
    Table shorter = read("a;b;kind\n" + ROWS.replace("\n", ";\n"), format());
    assertThat(shorter.layout().columns()).containsExactly("a", "b", "kind");
    assertThat(shorter.rows()).isEqualTo(10);
    Table bare = read(ROWS.replace("\n", ";\n"), format(false, 0));
    assertThat(bare.layout().columns()).hasSize(3);
    assertThat(bare.layout().label()).isEqualTo(2);
  }

  @Test
  void read_emptyColumnThatIsNone_stays() {
    refused("a;b;kind;\n" + ROWS.replace("\n", ";\n").repeat(20) + "1;2;x;3\n", format())
        .hasMessageContaining("t.csv:202:4: the row has 4 cells, expected 3");
    Table ignored = read("a;b;kind;\n" + ROWS.replace("\n", ";\n"), ignoring("2", "3"));
    assertThat(ignored.layout().columns()).as("known to the configuration").hasSize(4);
    String sparse = "1;2;x;\n3;4;y;\n".repeat(60) + "1;2;x;7\n";
    Table gaps =
        read(
            sparse,
            new CsvFormat(
                false,
                "2",
                USUAL,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0));
    assertThat(gaps.layout().columns()).as("a value after the first rows").hasSize(4);
  }

  private static CsvFormat ignoring(String label, String ignored) {
    return new CsvFormat(
        true,
        label,
        USUAL,
        List.of(ignored),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  @Test
  void read_damagedRows_areLeftOutUpToAShare() {
    String text = "a,b,kind\n" + "1,2,x\n3,4,y\n".repeat(9) + "1,2\n1,2,3,4,5\n";
    Table table = read(text, format(true, 0.1));
    assertThat(table.rows()).isEqualTo(18);
    assertThat(table.leftOut())
        .containsExactly("2 rows without 3 cells (left out): line 20 (2 cells), line 21 (5 cells)");
    refused(text, format(true, 0.09))
        .hasMessage(
            "t.csv: 2 of 20 rows do not have 3 cells as the first one, expected at most 0.09 of"
                + " them; correct or remove them, or raise data.format.damaged_share: line 20 (2"
                + " cells), line 21 (5 cells)");
    assertThatThrownBy(() -> read(text, format()))
        .hasMessageStartingWith("t.csv:20:3: the row has 2 cells, expected 3 as in the first row");
    Table typed = read(text.replace("3,4,y", "NA,4,y"), format(true, 0.1));
    assertThat(typed.typed().orElseThrow().rows()).isEqualTo(18);
    assertThat(typed.leftOut()).hasSize(1);
  }

  @Test
  void read_bytesThatAreNotInTheEncoding_areNamedWithTheirOffset() {
    byte[] latin = "a;b;kind\n1;2;é\n".getBytes(StandardCharsets.ISO_8859_1);
    refused(latin, format())
        .hasMessage(
            "t.csv:2:3: byte 0xe9 at offset 13 is not UTF-8; save the file as UTF-8, or use --set"
                + " data.format.encoding=windows-1252 if it is from a Windows program");
    CsvFormat windows = in("windows-1252");
    assertThat(read(latin, windows).labels().orElseThrow().texts()).containsExactly("é");
    byte[] undefined = latin.clone();
    undefined[13] = (byte) 0x81;
    refused(undefined, windows)
        .hasMessage(
            "t.csv:2:3: byte 0x81 at offset 13 is not windows-1252; name its encoding with --set"
                + " data.format.encoding=NAME, or save it as UTF-8");
    byte[] wide = "\uFEFFa;b\n1;2\n".getBytes(StandardCharsets.UTF_16LE);
    refused(wide, in("UTF-8"))
        .hasMessage(
            "t.csv:1:1: byte 0xff at offset 0 is not UTF-8; use --set data.format.encoding=UTF-16LE,"
                + " as its byte order mark says");
    byte[] cut = "\uFEFFa;b;kind\n1;2;x".getBytes(StandardCharsets.UTF_16LE);
    refused(Arrays.copyOf(cut, cut.length - 1), format())
        .hasMessageContaining("t.csv:2:3: byte 0x78 at offset 28 is not UTF-16LE");
  }

  private static CsvFormat in(String encoding) {
    return format()
        .with(
            new DialectSettings(
                Optional.empty(),
                Optional.of('"'),
                Optional.empty(),
                Optional.of(NumberMarks.NONE),
                Optional.of(Charset.forName(encoding))));
  }

  @Test
  void read_otherQuote_isNamedWhereItIsNeverClosed() {
    CsvFormat apostrophes =
        format()
            .with(
                new DialectSettings(
                    Optional.empty(),
                    Optional.of('\''),
                    Optional.empty(),
                    Optional.of(NumberMarks.NONE),
                    Optional.empty()));
    assertThat(read("a;b;kind\n1;2;'x;\"'\n", apostrophes).labels().orElseThrow().texts())
        .containsExactly("x;\"");
    refused("a;b;kind\n1;2;x\n1;2;'x\n3;4;y\n", apostrophes)
        .hasMessageContaining("t.csv:3: a quote that begins in this row is never closed");
    CsvFormat none =
        apostrophes.with(
            new DialectSettings(
                Optional.empty(),
                Optional.of(Dialect.NO_QUOTE),
                Optional.empty(),
                Optional.of(NumberMarks.NONE),
                Optional.empty()));
    assertThat(read("a;b;kind\n1;2;\"x\n3;4;5' \"\n", none).labels().orElseThrow().texts())
        .containsExactly("\"x", "5' \"");
  }

  @Test
  void read_foundDelimiterThatIsTheDeclaredDecimalMark_isNotTaken() {
    CsvFormat decimal =
        format()
            .with(
                new DialectSettings(
                    Optional.empty(),
                    Optional.of('"'),
                    Optional.of(','),
                    Optional.of(NumberMarks.NONE),
                    Optional.empty()));
    refused("a,b,kind\n1,2,x\n", decimal)
        .hasMessageContaining("\",\" is the delimiter and the decimal mark, expected different");
  }
}
