package io.tandem.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectFinderTest {
  private static FoundDialect find(String text) {
    return find(text, DialectSettings.UNKNOWN, Optional.empty());
  }

  private static FoundDialect find(String text, DialectSettings known, Optional<Dialect> like) {
    return DialectFinder.of(text.getBytes(StandardCharsets.UTF_8), known, like);
  }

  private static DialectSettings delimiter(char symbol) {
    return new DialectSettings(
        Optional.of(Delimiter.of(symbol)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The sign # stands for a line end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "a,b,c#1,2,3!,",
        "a;b;c#1;2;3!;",
        "a|b#1|2!|",
        "1,5;2,5;3#2,5;4,5;1!;",
        "1,2,3#4,5,6!,",
        "id,tags,y#1,x;y,a#2,z,b!,",
        "1,x;y,a#2,z;w,b!,",
        "name;age#Smith, John;5#Doe, Jane;6!;",
        "a,b#\"x;y\",1#\"z;w\",2!,",
        "\"a\";\"b\"#\"x, y\";1!;",
        "when,y#2026-01-31 10:00,1#2026-02-01 11:30,2!,",
        "only#1#2!,",
        "a,b#1,2#1,2,3#4,5!,",
        "x, y, z#1, 2, 3!,",
        "a;b;#1;2;!;",
        "a;b#1;2;#3;4;!;"
      })
  void of_delimiter_isTheOneThatDividesEvenly(String text, char expected) {
    FoundDialect found = find(text.replace('#', '\n') + "\n");
    assertThat(found.dialect().delimiter()).isEqualTo(Delimiter.of(expected));
    assertThat(found.rival()).isEmpty();
  }

  @Test
  void of_tab_isFoundBetweenTextsWithSpaces() {
    assertThat(find("city\tn\nNew York\t1.5\nLos Angeles\t2\n").dialect().delimiter())
        .isEqualTo(Delimiter.of('\t'));
  }

  @Test
  void of_columnsAlignedBySpaces_areFoundOnlyWhereNoTextHasThem() {
    String aligned = "18.0   8  307.0\t\"chevrolet chevelle\"\n 9.5  10  5.25\t\"buick\"\n";
    FoundDialect found = find(aligned);
    assertThat(found.dialect().delimiter()).isEqualTo(Delimiter.SPACES);
    assertThat(found.rows().get(0).cells())
        .containsExactly("18.0", "8", "307.0", "chevrolet chevelle");
    assertThat(find("some words\nof a text\nthat is long\n").dialect().delimiter())
        .isEqualTo(Delimiter.COMMA);
    assertThat(find("two words\nno numbers\n").dialect().delimiter()).isEqualTo(Delimiter.COMMA);
    assertThat(
            find("New York\nLos Angeles\n1 2\n", DialectSettings.UNKNOWN, like(';'))
                .dialect()
                .delimiter())
        .as("a table like one with another delimiter")
        .isEqualTo(Delimiter.of(';'));
  }

  private static Optional<Dialect> like(char delimiter) {
    return Optional.of(Dialect.of(delimiter));
  }

  @Test
  void of_twoDelimitersEquallyLikely_areBothNamed() {
    FoundDialect found = find("x,y|z\na,b|c\nd,e|f\n");
    assertThat(found.dialect().delimiter()).isEqualTo(Delimiter.COMMA);
    assertThat(found.rival()).contains(Delimiter.of('|'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "a;b#1,5;2!,",
        "a;b#1;2!.",
        "a;b#1.5;2!.",
        "a;b#1,5;2.5!.",
        "a;b#1,234;2!.",
        "a;b#1,234;2,5!,",
        "a;b#1.234,5;2!,",
        "a;b#1,234.5;2!.",
        "a;b#0,123;2!,",
        "a;b#-3,14e-2;x!,",
        "a;b#31.12.2020;2,5!,"
      })
  void of_decimalMark_isAComma_ifAllNumbersSaySo(String text, char expected) {
    assertThat(find(text.replace('#', '\n') + "\n").dialect().numbers().decimal())
        .isEqualTo(expected);
  }

  @Test
  void of_decimalMarkThatRowsDoNotTell_isThatOfASimilarTable() {
    Dialect german =
        new Dialect(Delimiter.of(';'), '"', new NumberMarks(',', '.'), StandardCharsets.UTF_8);
    Dialect found = find("a;b\n1,234;2\n", DialectSettings.UNKNOWN, Optional.of(german)).dialect();
    assertThat(found).isEqualTo(german);
    Dialect plain = find("a,b\n1.5,2\n", DialectSettings.UNKNOWN, Optional.of(german)).dialect();
    assertThat(plain.delimiter()).isEqualTo(Delimiter.COMMA);
    assertThat(plain.numbers()).isEqualTo(NumberMarks.PLAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "1.234,5!,.",
        "1.234.567!,.",
        "1,234.5!.,",
        "1\u00a0234,5!,s",
        "1\u202f234!.s",
        "1'234.5!.'",
        "1.5!.-",
        "1,234!.-"
      })
  void of_thousands_areFoundWhereNothingIsKnown(String cell, String expected) {
    NumberMarks found = find("a;b\n" + cell + ";2\n").dialect().numbers();
    assertThat(found.decimal()).isEqualTo(expected.charAt(0));
    assertThat(Marks.text(found.thousands()))
        .isEqualTo(
            switch (expected.charAt(1)) {
              case '-' -> "none";
              case 's' -> "space";
              default -> expected.substring(1);
            });
  }

  @Test
  void of_quote_isAnApostropheWhereCellsHaveThem() {
    Dialect found = find("'a';'b'\n'x;y';1\n'it''s';2\n").dialect();
    assertThat(found.quote()).isEqualTo('\'');
    assertThat(found.delimiter()).isEqualTo(Delimiter.of(';'));
    assertThat(find("a,b\nit's,1\n").dialect().quote()).isEqualTo('"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
  void of_byteOrderMark_saysTheEncoding(String name) {
    Charset encoding = Charset.forName(name);
    FoundDialect found =
        DialectFinder.of("\uFEFFä;b\n1;2\n".getBytes(encoding), DialectSettings.UNKNOWN, like(','));
    assertThat(found.dialect().encoding()).isEqualTo(encoding);
    assertThat(found.rows().get(0).cells()).containsExactly("ä", "b");
  }

  @Test
  void of_encodingOfASimilarTable_isUsedUnlessTheBytesAreUtf8() {
    Dialect windows =
        new Dialect(Delimiter.of(';'), '"', NumberMarks.PLAIN, Charset.forName("windows-1252"));
    byte[] bytes = "ä;b\n1;2\n".getBytes(windows.encoding());
    assertThat(DialectFinder.of(bytes, DialectSettings.UNKNOWN, Optional.of(windows)).dialect())
        .isEqualTo(windows);
    assertThat(find("ä;b\n1;2\n", DialectSettings.UNKNOWN, Optional.of(windows)).dialect())
        .isEqualTo(Dialect.of(';'));
  }

  @Test
  void of_whatIsKnown_isNotFoundAgain() {
    assertThat(find("a;b\n1;2\n", delimiter(','), Optional.empty()).dialect().delimiter())
        .isEqualTo(Delimiter.COMMA);
  }

  @Test
  void of_rowThatIsCutOff_isNotLookedAt() {
    String row = "1;2;" + "x".repeat(1000) + "\n";
    String text = "a;b;c\n" + row.repeat(DialectFinder.BYTES / row.length() + 1);
    byte[] head = new byte[DialectFinder.BYTES];
    System.arraycopy(text.getBytes(StandardCharsets.UTF_8), 0, head, 0, head.length);
    FoundDialect found = DialectFinder.of(head, DialectSettings.UNKNOWN, Optional.empty());
    assertThat(found.rows()).allMatch(cells -> cells.cells().size() == 3);
    assertThat(found.rows().get(found.rows().size() - 1).cells().get(2)).hasSize(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a;b;#1;2;#3;4;!1!false",
        "a;b;;;#1;2;;;!3!false",
        "a;b;#1;2;x!0!false",
        "a;b#1;2;#3;4;!0!true",
        "a;b#1;2;#3;4;x!0!false",
        "a;b#1;2!0!false",
        "a;b#1;#2;!0!false"
      })
  void emptyColumns_areThoseThatEveryRowHas(String text, int empty, boolean shorter) {
    FoundDialect found = find(text.replace('#', '\n') + "\n");
    assertThat(found.emptyColumns()).isEqualTo(empty);
    assertThat(found.isFirstShorter()).isEqualTo(shorter);
  }
}
