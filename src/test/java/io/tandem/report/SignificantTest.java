package io.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drawings and tables write a number alike. */
class SignificantTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "0.129835, 0.13",
    "0.975123, 0.975",
    "11.9451, 11.9",
    "99999, 99999",
    "123456, 1.23e+05",
    "0.00031724, 3.17e-04",
    "-2.5, -2.5",
    "NaN, -",
    "Infinity, -"
  })
  void text_anyNumber_hasThreeSignificantDigits(double value, String text) {
    assertThat(Significant.text(value)).isEqualTo(text);
  }
}
