package io.tandem.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.cli.terminal.FittedTable.Column;
import io.tandem.cli.terminal.FittedTable.Cut;
import io.tandem.cli.terminal.FittedTable.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table for people is read on a terminal: what does not fit is shortened or left out. */
class FittedTableTest {
  private static final FittedTable TABLE =
      new FittedTable(
          List.of(
              new Column("path", Side.LEFT, 0, Cut.START, 6),
              Column.number("loss", 0),
              new Column("network", Side.LEFT, 1, Cut.END, 8),
              Column.words("family", 2)),
          List.of(
              List.of("some/where", "0.5", "128 relu, 64 tanh", "adam"),
              List.of("a\u001b", "-", "8 relu", "sgd")));

  @Test
  void text_wideTerminal_hasEverythingInColumns() {
    assertThat(TABLE.text(80))
        .isEqualTo(
            """
            path        loss  network            family
            some/where   0.5  128 relu, 64 tanh  adam
            a              -  8 relu             sgd
            """);
    assertThat(TABLE.leavesOut(80)).isFalse();
  }

  @Test
  void text_narrowTerminal_cutsWhatMayBeCutTheLeastImportantFirst() {
    assertThat(TABLE.text(36))
        .isEqualTo(
            """
            path        loss  network     family
            some/where   0.5  128 rel...  adam
            a              -  8 relu      sgd
            """);
    assertThat(TABLE.leavesOut(36)).isFalse();
  }

  @Test
  void text_veryNarrowTerminal_leavesOutTheLeastImportantColumns() {
    assertThat(TABLE.text(22))
        .isEqualTo(
            """
            path    loss  network
            ...ere   0.5  128 r...
            a          -  8 relu
            """);
    assertThat(TABLE.leavesOut(22)).isTrue();
    assertThat(TABLE.text(1)).startsWith("path    loss\n...ere   0.5\n");
  }

  @Test
  void text_anyWidthThatHoldsTheMostImportant_isNotExceeded() {
    for (int width = 12; width < 60; width++) {
      int most = width;
      assertThat(TABLE.text(width).lines()).allMatch(line -> line.length() <= most);
    }
  }
}
