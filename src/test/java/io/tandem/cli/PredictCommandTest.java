package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs read predictions: a label is what it was in the data. */
class PredictCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {"=1+1;=1+1", "-x;-x", "@a;@a", "-2.5;-2.5", "a,b;\"a,b\"", "a\"b;\"a\"\"b\""})
  void cell_anyLabel_isQuotedWhereCsvAsksForItOnly(String label, String cell) {
    assertThat(PredictCommand.cell(label)).isEqualTo(cell);
  }
}
