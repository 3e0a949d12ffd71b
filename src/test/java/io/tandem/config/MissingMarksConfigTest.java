package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.CsvFormat;
import io.tandem.data.CsvFormat.ColumnMarks;
import io.tandem.disk.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cells that say that a value is missing. */
class MissingMarksConfigTest {
  @TempDir private Path folder = Path.of("");

  private static EffectiveConfig table(String... more) {
    List<String> all = new ArrayList<>(List.of("data.csv.file=t.csv"));
    all.addAll(List.of(more));
    return ConfigLoader.defaults(all);
  }

  private static CsvFormat format(EffectiveConfig config) {
    return config.experiment().data().source().tableFormat().orElseThrow();
  }

  private static Optional<List<String>> classes(EffectiveConfig config) {
    return format(config).declared().marks().classes();
  }

  @Test
  void columns_ofAFileAndOfOverrides_areMapped() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("t.pbtxt"),
            """
            data {
              csv { file: "t.csv" }
              format {
                column_missing { column: "age" mark: "-999" mark: "unknown" }
                column_missing { column: "-1" }
              }
            }
            """);
    EffectiveConfig config = ConfigLoader.load(file, List.of());
    assertThat(format(config).declared().marks().columns())
        .containsExactly(
            new ColumnMarks("age", List.of("-999", "unknown")), new ColumnMarks("-1", List.of()));
    assertThat(ConfigLoader.restore(config.text(), "config.pbtxt").experiment())
        .isEqualTo(config.experiment());
    // A list replaces what lies below.
    EffectiveConfig set =
        ConfigLoader.load(
            file, List.of("data.format.column_missing=[{column: \"b, c\" mark: [\"x\", \"y\"]}]"));
    assertThat(format(set).declared().marks().columns())
        .containsExactly(new ColumnMarks("b, c", List.of("x", "y")));
  }

  /** A run that is resumed has the whole list in its own configuration. */
  @Test
  void hyphen_unlessAsked_isAClass() {
    EffectiveConfig usual = table();
    assertThat(format(usual).missing()).contains("-", "?", "NA");
    assertThat(classes(usual).orElseThrow()).contains("?", "NA").doesNotContain("-");
    assertThat(classes(ConfigLoader.restore(usual.text(), "config.pbtxt")))
        .isEqualTo(classes(usual));
    assertThat(classes(table("data.format.missing=NA,-"))).isEmpty();
    assertThat(format(table("data.format.missing=NA,-")).missing()).containsExactly("NA", "-");
  }

  /** As a run of an earlier version recorded it. */
  @Test
  void restored_listWithoutHyphen_staysAsItIs() {
    String text = table("data.format.missing=NA,?").text();
    assertThat(text).doesNotContain("column_missing", "missing: \"-\"");
    EffectiveConfig restored = ConfigLoader.restore(text, "config.pbtxt");
    assertThat(format(restored).missing()).containsExactly("NA", "?");
    assertThat(classes(restored)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {mark: "x"}    | data.format.column_missing.column: missing; name a column
          {column: " "}  | data.format.column_missing.column: an empty name, expected a column's name
          []             | data.format.column_missing: "[]" is not allowed, expected blocks with column and mark
          -999           | data.format.column_missing: "-999" is not allowed, expected blocks with column and mark
          """)
  void columns_wrong_sayWhat(String value, String message) {
    assertThat(
            catchThrowableOfType(
                UserError.class, () -> table("data.format.column_missing=" + value)))
        .hasMessageContaining(message);
  }

  @Test
  void columns_nameWithoutHeader_isRefused() {
    assertThat(
            catchThrowableOfType(
                UserError.class,
                () ->
                    table(
                        "data.format.header=false",
                        "data.format.column_missing={column: \"age\" mark: \"x\"}")))
        .hasMessageContaining(
            "data.format.column_missing.column: \"age\" is not allowed without a header, expected"
                + " an index");
  }

  @Test
  void columns_withoutATable_areRefused() {
    assertThat(
            catchThrowableOfType(
                UserError.class,
                () ->
                    ConfigLoader.defaults(
                        List.of("data.format.column_missing={column: \"1\" mark: \"x\"}"))))
        .hasMessageContaining("data.format.column_missing: only allowed with a table");
  }
}
