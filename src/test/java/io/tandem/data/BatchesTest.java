package io.tandem.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A resumed run must see the batches of an uninterrupted one, and every row equally often. */
class BatchesTest {
  @Property(tries = 100)
  void indices_wholeEpochs_holdEveryRowEquallyOften(
      @ForAll @IntRange(min = 1, max = 30) int rows,
      @ForAll @IntRange(min = 1, max = 40) int batch,
      @ForAll long seed) {
    Batches batches = new Batches(rows, batch, seed, "test");
    int[] stream =
        LongStream.range(0, rows)
            .flatMap(step -> longs(batches.indices(step)))
            .mapToInt(i -> (int) i)
            .toArray();
    for (int epoch = 0; epoch < batch; epoch++) {
      assertThat(Arrays.stream(stream, epoch * rows, (epoch + 1) * rows).sorted().toArray())
          .isEqualTo(IntStream.range(0, rows).toArray());
    }
  }

  private static LongStream longs(int[] values) {
    return Arrays.stream(values).asLongStream();
  }

  @Test
  void indices_anyOrderOfSteps_areTheSame() {
    Batches forward = new Batches(10, 4, 3, "test");
    Batches jumping = new Batches(10, 4, 3, "test");
    int[] far = jumping.indices(1_000_000_007L);
    for (int step = 0; step < 20; step++) {
      assertThat(jumping.indices(19 - step))
          .isEqualTo(new Batches(10, 4, 3, "test").indices(19 - step));
      forward.indices(step);
    }
    assertThat(forward.indices(1_000_000_007L)).isEqualTo(far);
  }

  @Test
  void indices_otherSeedOrPurpose_differ() {
    int[] some = new Batches(100, 50, 1, "train").indices(0);
    assertThat(new Batches(100, 50, 2, "train").indices(0)).isNotEqualTo(some);
    assertThat(new Batches(100, 50, 1, "validation").indices(0)).isNotEqualTo(some);
  }

  @Test
  void indices_epochs_areShuffledAnew() {
    Batches batches = new Batches(50, 50, 1, "train");
    assertThat(batches.indices(0)).isNotEqualTo(batches.indices(1));
  }

  @Test
  void batchesPerEpoch_rowsLeftOver_areABatchMore() {
    assertThat(new Batches(5, 3, 1, "test").batchesPerEpoch()).isEqualTo(2);
  }

  @Test
  void indices_impossible_areRefused() {
    assertThatThrownBy(() -> new Batches(0, 1, 1, "test"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Batches(1, 1, 1, "test").indices(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
