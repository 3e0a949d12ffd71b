package io.tandem.run.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphTimeTest {
  /** Operations as they are, and seconds as they were measured on two cores of a quiet server. */
  @ParameterizedTest
  @CsvSource({
    "text, 92000, 84600, true, 50",
    "cells, 24000, 12700, true, 8.3",
    "convolutions, 11000, 4000, true, 3.8",
    "perceptrons, 9700, 3300, true, 1.4",
  })
  void withResponse_agreesWithWhatWasMeasured_withinAFactorOfTwo(
      String kind, int operations, int network, boolean innerLoop, double measured) {
    double predicted = new GraphTime(operations, network, innerLoop).withResponse();
    assertThat(predicted).as(kind).isBetween(measured / 2, measured * 2);
  }

  @ParameterizedTest
  @CsvSource({"92000, 84600"})
  void withResponse_ofTheDirectGradientAlone_isLittleMore(int operations, int network) {
    GraphTime time = new GraphTime(operations, network, false);
    assertThat(time.withResponse()).isBetween(time.withoutResponse(), 1.5 * time.withoutResponse());
  }
}
