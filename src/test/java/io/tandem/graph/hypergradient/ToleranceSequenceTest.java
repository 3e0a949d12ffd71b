package io.tandem.graph.hypergradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sequences as published, worked out by hand. */
class ToleranceSequenceTest {
  @ParameterizedTest
  @CsvSource({
    "QUADRATIC, 1, 1e-3",
    "QUADRATIC, 10, 1e-5",
    "CUBIC, 10, 1e-6",
    "EXPONENTIAL, 1, 1e-3",
    "EXPONENTIAL, 3, 8.1e-4"
  })
  void at_step_isAsPublished(ToleranceSequence sequence, int step, double expected) {
    assertThat(sequence.at(1e-3, step)).isCloseTo(expected, within(1e-12));
  }
}
