package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.source.DataLoader;
import io.tandem.graph.preprocessing.GraphImageDecoder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Wrong labels are as many as asked for, wrong, spread over the classes, and for training only. */
final class WrongLabelsTest {
  private static final DataSplit CLEAN = load(0, 1);

  private static DataSplit load(double share, long seed) {
    return DataLoader.load(
        new DataSettings(new DataSource.Digits(), new SplitSettings(0.6, 0.2, 0.2), share),
        seed,
        GraphImageDecoder::new);
  }

  private static long wrong(DataSplit split) {
    int[] clean = CLEAN.train().labels();
    int[] labels = split.train().labels();
    return IntStream.range(0, clean.length).filter(row -> clean[row] != labels[row]).count();
  }

  @Test
  void load_share_changesSoManyTrainingLabelsAndNothingElse() {
    DataSplit split = load(0.4, 1);
    assertThat(wrong(split)).isEqualTo(Math.round(0.4 * CLEAN.train().rows()));
    assertThat(split.train().features()).isEqualTo(CLEAN.train().features());
    assertThat(split.validation()).isEqualTo(CLEAN.validation());
    assertThat(split.test()).isEqualTo(CLEAN.test());
    assertThat(split.notes().get(split.notes().size() - 1))
        .isEqualTo("431 of 1,078 training labels replaced by wrong ones (data.wrong_labels)");
  }

  /** Each of the nine wrong classes gets its share: 1,078 / 9 = 120, standard deviation 10. */
  @Test
  void load_all_leavesNoneRightAndPrefersNoClass() {
    DataSplit split = load(1, 1);
    assertThat(wrong(split)).isEqualTo(CLEAN.train().rows());
    int[] shifts = new int[10];
    for (int row = 0; row < CLEAN.train().rows(); row++) {
      shifts[(split.train().labels()[row] - CLEAN.train().labels()[row] + 10) % 10]++;
    }
    assertThat(shifts[0]).isZero();
    assertThat(IntStream.of(shifts).skip(1).min().orElseThrow()).isGreaterThan(80);
  }

  @Test
  void load_sameSeed_givesTheSameLabels() {
    assertThat(load(0.3, 1).train().labels()).isEqualTo(load(0.3, 1).train().labels());
    assertThat(load(0, 1).notes()).isEqualTo(CLEAN.notes());
  }
}
