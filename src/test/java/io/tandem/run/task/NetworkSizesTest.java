package io.tandem.run.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.space.CellActivation;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.MicroSpace;
import io.tandem.space.RecurrentSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a configuration fits a machine is decided by these numbers. */
class NetworkSizesTest {
  @Test
  void of_recurrentSpace_equalHandCount() {
    RecurrentSpace space =
        new RecurrentSpace(
            2, 3, List.of(CellActivation.TANH), false, LanguageRegularisation.none());

    NetworkSizes sizes = NetworkSizes.of(space, 7);

    assertThat(sizes.smallest()).isEqualTo(4 * 9 + 2 * 2 * 9 + 7 * 3 + 7);
    assertThat(sizes.largest()).isEqualTo(sizes.smallest());
    // Node 2 can read either of two.
    assertThat(sizes.shared()).isEqualTo(sizes.smallest() + 2 * 9);
    // Of each of three nodes products, gate, activation, both weighted, the rest of the state, sum.
    assertThat(sizes.activations()).isEqualTo(3 * 8 * 3 + 2 * 7);
  }

  @Test
  void of_microSpace_equalHandCount() {
    MicroSpace space =
        new MicroSpace(
            1,
            2,
            1,
            List.of(
                CellOperation.MAX_POOL_3X3, CellOperation.IDENTITY, CellOperation.SEPARABLE_3X3),
            CellRegularisation.dropout(0));
    // Digits are of 8 x 8 pixels and one channel. A reduction cell of width 4, another of width 8,
    // and a normal one of width 8 behind a stem of width 6.
    int stem = 9 * 6 + 2 * 6;
    int inputs = ((6 + 6) * 4 + 2 * 8) + ((6 + 4) * 8 + 2 * 16) + ((4 + 8) * 8 + 2 * 16);
    int outputs = (16 + 8) + (64 + 16) + (64 + 16);
    int head = 8 * 10 + 10;
    int separable4 = 2 * (9 * 4 + 16 + 8);
    int separable8 = 2 * (9 * 8 + 64 + 16);
    int identities = 4 * (16 + 8) + 4 * (64 + 16);
    int always = stem + inputs + outputs + head;
    // Rectified inputs, each mixed and normalised; two values; their sum; joined, rectified, mixed
    // and normalised output.
    int reduction4 = 2 * 384 + 4 * 64 * 4 + 2 * (64 * 4 + 7 * 16 * 4) + 5 * 16 * 4;
    int reduction8 = 384 + 64 + 4 * 16 * 8 + 2 * (16 * 8 + 7 * 4 * 8) + 5 * 4 * 8;
    int normal8 = 64 + 32 + 4 * 4 * 8 + 2 * 8 * 4 * 8 + 5 * 4 * 8;

    NetworkSizes sizes =
        NetworkSizes.of(
            space,
            ExperimentData.load(ConfigLoader.defaults(List.of()).experiment()).examples().train());

    assertThat(sizes.smallest()).isEqualTo(always);
    assertThat(sizes.largest()).isEqualTo(always + 2 * separable4 + 4 * separable8);
    assertThat(sizes.shared()).isEqualTo(always + 4 * separable4 + 8 * separable8 + identities);
    assertThat(sizes.activations())
        .isEqualTo(2 * 384 + reduction4 + reduction8 + normal8 + 32)
        .isEqualTo(7040);
  }
}
