package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.data.CsvFormat;
import io.tandem.data.DataSource;
import io.tandem.dialect.Delimiter;
import io.tandem.dialect.Dialect;
import io.tandem.dialect.DialectSettings;
import io.tandem.dialect.NumberMarks;
import io.tandem.disk.UserError;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a table is written can be declared; what is not declared is found. */
class DialectConfigTest {
  private static CsvFormat format(String... settings) {
    List<String> all = new ArrayList<>(List.of("data.csv.file=t.csv"));
    for (String setting : settings) {
      all.add("data.format." + setting);
    }
    return ((DataSource.CsvTable) ConfigLoader.defaults(all).experiment().data().source()).format();
  }

  @Test
  void dialect_nothingDeclared_isFoundButForQuotesAndThousands() {
    assertThat(format().dialect())
        .isEqualTo(
            new DialectSettings(
                Optional.empty(),
                Optional.of('"'),
                Optional.empty(),
                Optional.of(NumberMarks.NONE),
                Optional.empty()));
    assertThat(format().damagedShare()).isZero();
  }

  @Test
  void dialect_declared_isMapped() {
    CsvFormat format =
        format(
            "delimiter=spaces",
            "quote=none",
            "decimal=,",
            "thousands=space",
            "encoding=cp1252",
            "damaged_share=0.25");
    assertThat(format.dialect())
        .isEqualTo(
            DialectSettings.exactly(
                new Dialect(
                    Delimiter.SPACES,
                    Dialect.NO_QUOTE,
                    new NumberMarks(',', ' '),
                    Charset.forName("windows-1252"))));
    assertThat(format.damagedShare()).isEqualTo(0.25);
    assertThat(format("quote='").dialect().quote()).contains('\'');
    assertThat(format("thousands=\u00a0").dialect().thousands()).contains(' ');
    assertThat(format("thousands=\u2019").dialect().thousands()).contains('\'');
    assertThat(format("delimiter=,", "thousands=,").dialect().thousands())
        .as("in quoted numbers")
        .contains(',');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "delimiter=, decimal=,|data.format.delimiter: \",\" is the delimiter and the decimal mark",
        "delimiter=' quote='|data.format.delimiter: \"'\" is the delimiter and the quote",
        "decimal=, thousands=,|data.format.thousands: \",\" is the decimal mark and the mark"
            + " between thousands",
        "quote=' thousands='|data.format.thousands: \"'\" is the quote and the mark between",
        "encoding=utf-9|data.format.encoding: \"utf-9\" is unknown, expected auto or a name that Java"
            + " knows; did you mean UTF-8?"
      })
  void dialect_contradictory_isRefusedInOneLine(String settings, String expected) {
    UserError error = catchThrowableOfType(UserError.class, () -> format(settings.split(" ")));
    assertThat(error).hasMessageStartingWith(expected).hasMessageNotContaining("\n");
    assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE);
  }
}
