package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.TrainingNoise;
import io.tandem.testing.Doubles;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Whole paths must vanish, as often as the schedule says, and the expectation must stay. */
class DropPathTest {
  private static final int BATCH = 4000;
  private static final int PIXELS = 4;
  private static final double LAST = 0.4;
  private static final int CELLS = 5;
  private static final int VALUES = 6;

  @Test
  void apply_lastCellAtTheEnd_leavesOutWholeImagesAtTheRateAndScalesTheOthers() {
    double[] left = run(1, CELLS - 1, 1, 0, null);
    assertWhole(left, 1 / (1 - LAST));
    assertThat(mean(left)).isCloseTo(1, within(0.05));
  }

  /** Linear in depth, from the first cell on, and in time. */
  @Test
  void apply_earlierCellOrTime_leavesOutProportionallyFewer() {
    assertThat(dropped(run(1, 0, 1, 0, null))).isCloseTo(LAST / CELLS, within(0.02));
    assertThat(dropped(run(1, 2, 1, 0, null))).isCloseTo(LAST * 3 / CELLS, within(0.03));
    assertThat(dropped(run(1, CELLS - 1, 0.5, 0, null))).isCloseTo(LAST / 2, within(0.03));
    assertThat(run(1, CELLS - 1, 0, 0, null)).containsOnly(1);
  }

  @Test
  void apply_notExposed_changesNothing() {
    assertThat(run(1, CELLS - 1, 1, 0, 0.0)).containsOnly(1);
    assertThat(run(1, CELLS - 1, 1, 0, 1.0)).isEqualTo(run(1, CELLS - 1, 1, 0, null));
  }

  @Test
  void apply_otherSeedValueOrCell_hasOtherMasks() {
    double[] mask = run(1, 3, 1, 0, null);
    assertThat(run(1, 3, 1, 0, null)).isEqualTo(mask);
    for (double[] other :
        List.of(run(2, 3, 1, 0, null), run(1, 3, 1, 1, null), run(1, 4, 1, 0, null))) {
      int same = 0;
      for (int image = 0; image < BATCH; image++) {
        same += (mask[image * PIXELS] == 0) == (other[image * PIXELS] == 0) ? 1 : 0;
      }
      assertThat(same).isBetween(BATCH / 3, 3 * BATCH / 4);
    }
  }

  @Test
  void of_noNoiseOrNoRate_givesBackTheValueItself() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> value = tf.constant(1.0);
      assertThat(DropPath.of(tf, LAST, null, value, 1, CELLS, VALUES).apply(value, 0, null))
          .isSameAs(value);
      assertThat(DropPath.of(tf, 0, noise(tf, 1, 1), value, 1, CELLS, VALUES).apply(value, 0, null))
          .isSameAs(value);
    }
  }

  private static TrainingNoise<TFloat64> noise(Ops tf, long seed, double progress) {
    return new TrainingNoise<>(tf.constant(new long[] {seed, 9}), tf.constant(progress));
  }

  /** What becomes of ones. */
  private static double[] run(
      long seed,
      int cell,
      double progress,
      int number,
      @org.jspecify.annotations.Nullable Double exposed) {
    return fetch(
        tf -> {
          Operand<TFloat64> ones =
              tf.fill(tf.constant(new int[] {BATCH, 2, 2, 1}), tf.constant(1.0));
          return DropPath.of(tf, LAST, noise(tf, seed, progress), ones, cell, CELLS, VALUES)
              .apply(ones, number, exposed == null ? null : tf.constant(exposed));
        });
  }

  private static double[] fetch(Function<Ops, Operand<TFloat64>> built) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      return Doubles.fetch(session.runner(), List.of(built.apply(Ops.create(graph)))).get(0);
    }
  }

  private static void assertWhole(double[] values, double kept) {
    for (int image = 0; image < BATCH; image++) {
      double first = values[image * PIXELS];
      assertThat(first == 0 || Math.abs(first - kept) < 1e-12).isTrue();
      for (int pixel = 1; pixel < PIXELS; pixel++) {
        assertThat(values[image * PIXELS + pixel]).isEqualTo(first);
      }
    }
  }

  private static double dropped(double[] values) {
    int zeros = 0;
    for (double value : values) {
      zeros += value == 0 ? 1 : 0;
    }
    return (double) zeros / values.length;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value / values.length;
    }
    return sum;
  }
}
