package io.tandem.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberMarksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        ",!-!1,5!1.5",
        ",!-!-,25e-3!-.25e-3",
        ",!.!1.234.567,8!1234567.8",
        ",!.!1234567,8!1234567.8",
        ",!.!+1.234!+1234",
        ".!,!12,345.6!12345.6",
        ".! !1\u202f234\u00a0567!1234567",
        ".!'!1\u2019234.5!1234.5"
      })
  void plain_number_hasItsPlainForm(char decimal, char thousands, String text, String plain) {
    NumberMarks marks = new NumberMarks(decimal, thousands == '-' ? NumberMarks.NONE : thousands);
    assertThat(marks.plain(text)).contains(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5",
        "12.34",
        "1.23.456",
        "1234.567",
        "0.123",
        ".123",
        "1.234.",
        "1,5,2",
        "1,5.2",
        "1 234",
        "31.12.2020",
        "x",
        "1,5x",
        "1.2345"
      })
  void plain_otherMarks_areNoNumber(String text) {
    assertThat(new NumberMarks(',', '.').plain(text)).isEmpty();
  }

  @Test
  void plain_ofPlainMarks_isTheTextItself() {
    assertThat(NumberMarks.PLAIN.plain("1,5")).isEqualTo(Optional.of("1,5"));
  }

  @Test
  void new_equalMarks_areRefused() {
    assertThatThrownBy(() -> new NumberMarks(',', ',')).hasMessageContaining("thousands");
    assertThatThrownBy(() -> new NumberMarks(';', ','))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
