package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.cli.terminal.BriefArchitecture;
import io.tandem.cli.terminal.Paragraph;
import io.tandem.cli.terminal.TerminalWidth;
import io.tandem.space.Activation;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.PerceptronArchitecture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines for people fit their terminal, and nothing that is copied from them is torn. */
class TerminalTextTest {
  @Test
  void width_columnsSet_isThatElseTheTerminals() {
    assertThat(TerminalWidth.of("132", () -> 90)).isEqualTo(132);
    assertThat(TerminalWidth.of(null, () -> 90)).isEqualTo(90);
    assertThat(TerminalWidth.of("", () -> 90)).isEqualTo(90);
    assertThat(TerminalWidth.of("wide", () -> 90)).isEqualTo(90);
    assertThat(TerminalWidth.of("0", () -> 90)).isEqualTo(90);
    assertThat(TerminalWidth.of("7", () -> 90)).isEqualTo(60);
  }

  @Test
  void broken_longText_hasLinesThatFitAndAreIndented() {
    assertThat(Paragraph.broken("one two three four", 4, 4, 12))
        .isEqualTo("one two\n    three\n    four");
    assertThat(Paragraph.broken("one two", 2, 0, 80)).isEqualTo("one two");
  }

  @Test
  void broken_longWord_staysWhole() {
    assertThat(Paragraph.broken("a /some/very/long/path b", 2, 2, 8))
        .isEqualTo("a\n  /some/very/long/path\n  b");
  }

  @Test
  void broken_controlCharacters_areBlanks() {
    assertThat(Paragraph.broken("a\u001b[1m\nb", 0, 0, 80)).isEqualTo("a [1m b");
  }

  @Test
  void brief_architectures_areLayersOrTheirEncoding() {
    assertThat(
            BriefArchitecture.of(
                new PerceptronArchitecture(
                    List.of(
                        new PerceptronArchitecture.Layer(64, Activation.RELU, 0.5, List.of()),
                        new PerceptronArchitecture.Layer(8, Activation.GELU, 0, List.of(0)),
                        new PerceptronArchitecture.Layer(8, Activation.TANH, 0, List.of(0, 1))))))
        .isEqualTo("64 relu, 8 gelu+0, 8 tanh+0+1");
    assertThat(BriefArchitecture.of(MacroArchitecture.parse("3 4 1"))).isEqualTo("3 4 1");
  }
}
