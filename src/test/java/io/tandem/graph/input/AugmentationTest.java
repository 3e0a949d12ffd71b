package io.tandem.graph.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.gradient.Gradients;
import io.tandem.testing.Sessions;
import io.tandem.testing.Tensors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** What comes out is looked for among all that may come out, by loops over pixels. */
class AugmentationTest {
  private static final int HEIGHT = 7;
  private static final int WIDTH = 5;

  /** A batch of drawn images, none of whose pixels is 0. */
  private static double[] images(int count, int channels) {
    SplittableRandom random = new SplittableRandom(3);
    double[] pixels = new double[count * HEIGHT * WIDTH * channels];
    Arrays.setAll(pixels, index -> random.nextDouble(1, 2));
    return pixels;
  }

  private static double[] run(
      AugmentationSettings settings,
      boolean searched,
      double strength,
      long seed,
      double[] pixels,
      int channels) {
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph)) {
      Ops tf = Ops.create(graph);
      int count = pixels.length / (HEIGHT * WIDTH * channels);
      Operand<TFloat64> input =
          Tensors.tensor(tf, pixels, Shape.of(count, HEIGHT, WIDTH, channels), TFloat64.class);
      Operand<TFloat64> output =
          new Augmentation(settings, HEIGHT, WIDTH, channels, searched)
              .apply(tf, input, tf.constant(strength), tf.constant(new long[] {seed, 4}));
      try (var result = session.runner().fetch(output).run()) {
        double[] values = new double[pixels.length];
        TFloat64 tensor = (TFloat64) result.get(0);
        assertThat(tensor.shape()).isEqualTo(Shape.of(count, HEIGHT, WIDTH, channels));
        tensor.asRawTensor().data().asDoubles().read(values);
        return values;
      }
    }
  }

  /** The image moved by whole pixels, then reflected if wanted. */
  private static double[] moved(double[] image, int channels, int down, int right, boolean flip) {
    double[] result = new double[image.length];
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        int fromRow = row + down;
        int fromColumn = (flip ? WIDTH - 1 - (column + right) : column + right);
        for (int channel = 0; channel < channels; channel++) {
          boolean inside =
              fromRow >= 0 && fromRow < HEIGHT && fromColumn >= 0 && fromColumn < WIDTH;
          result[(row * WIDTH + column) * channels + channel] =
              inside ? image[(fromRow * WIDTH + fromColumn) * channels + channel] : 0;
        }
      }
    }
    return result;
  }

  private static String find(double[] before, double[] after, int channels, int reach) {
    for (int down = -reach; down <= reach; down++) {
      for (int right = -reach; right <= reach; right++) {
        for (boolean flip : new boolean[] {false, true}) {
          double[] expected = moved(before, channels, down, right, flip);
          double largest = 0;
          for (int index = 0; index < expected.length; index++) {
            largest = Math.max(largest, Math.abs(expected[index] - after[index]));
          }
          if (largest < 1e-12) {
            return down + " " + right + " " + flip;
          }
        }
      }
    }
    return "";
  }

  @Test
  void apply_fixedStrength_movesByWholePixelsAndReflectsEachWayEquallyOften() {
    int count = 600;
    for (int channels : new int[] {1, 3}) {
      double[] before = images(count, channels);
      double[] after = run(new AugmentationSettings(2, true, 0), false, 1, 8, before, channels);
      int size = HEIGHT * WIDTH * channels;
      Set<String> ways = new HashSet<>();
      int flipped = 0;
      for (int image = 0; image < count; image++) {
        String way =
            find(
                Arrays.copyOfRange(before, image * size, (image + 1) * size),
                Arrays.copyOfRange(after, image * size, (image + 1) * size),
                channels,
                2);
        assertThat(way).as("image %d", image).isNotEmpty();
        ways.add(way);
        flipped += way.endsWith("true") ? 1 : 0;
      }
      assertThat(ways).hasSize(5 * 5 * 2);
      assertThat(flipped).isBetween(240, 360);
    }
  }

  @Test
  void apply_sameSeed_givesTheSameBitsAndAnotherSeedOthers() {
    double[] before = images(8, 3);
    AugmentationSettings settings = new AugmentationSettings(2, true, 3);
    double[] once = run(settings, true, 0.7, 5, before, 3);
    assertThat(run(settings, true, 0.7, 5, before, 3)).isEqualTo(once);
    assertThat(run(settings, true, 0.7, 6, before, 3)).isNotEqualTo(once);
  }

  @Test
  void apply_searchedStrength0_leavesImagesAsTheyAre() {
    double[] before = images(4, 3);
    double[] after = run(new AugmentationSettings(2, false, 3), true, 0, 5, before, 3);
    assertThat(after).containsExactly(before, within(1e-12));
  }

  @Test
  void apply_cutout_blanksOneSquareWhichFadesWithTheStrength() {
    double[] before = images(300, 1);
    for (double strength : new double[] {1, 0.25}) {
      double[] after = run(new AugmentationSettings(0, false, 3), true, strength, 9, before, 1);
      Set<Integer> counts = new HashSet<>();
      for (int image = 0; image < 300; image++) {
        int covered = 0;
        int top = HEIGHT;
        int bottom = -1;
        int left = WIDTH;
        int right = -1;
        for (int index = 0; index < HEIGHT * WIDTH; index++) {
          double ratio =
              after[image * HEIGHT * WIDTH + index] / before[image * HEIGHT * WIDTH + index];
          if (Math.abs(ratio - 1) > 1e-9) {
            assertThat(ratio).isCloseTo(1 - strength, within(1e-9));
            covered++;
            top = Math.min(top, index / WIDTH);
            bottom = Math.max(bottom, index / WIDTH);
            left = Math.min(left, index % WIDTH);
            right = Math.max(right, index % WIDTH);
          }
        }
        // A rectangle without holes: the square, cut off at most at the border.
        assertThat(covered).isEqualTo((bottom - top + 1) * (right - left + 1));
        assertThat(bottom - top + 1).isBetween(2, 3);
        assertThat(right - left + 1).isBetween(2, 3);
        counts.add(covered);
      }
      assertThat(counts).containsExactlyInAnyOrder(4, 6, 9);
    }
  }

  @Test
  void apply_searchedStrength_isDifferentiable() {
    AugmentationSettings settings = new AugmentationSettings(2, true, 3);
    double[] before = images(6, 3);
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph)) {
      Ops tf = Ops.create(graph);
      var strength = tf.placeholder(TFloat64.class);
      Operand<TFloat64> input =
          Tensors.tensor(tf, before, Shape.of(6, HEIGHT, WIDTH, 3), TFloat64.class);
      Operand<TFloat64> output =
          new Augmentation(settings, HEIGHT, WIDTH, 3, true)
              .apply(tf, input, strength, tf.constant(new long[] {2, 4}));
      Operand<TFloat64> loss =
          tf.reduceSum(tf.math.square(output), tf.constant(new int[] {0, 1, 2, 3}));
      Operand<TFloat64> slope = Gradients.of(tf, loss, List.of(strength)).get(0);
      double here = 0.37;
      double step = 1e-6;
      double difference =
          (value(session, loss, strength, here + step)
                  - value(session, loss, strength, here - step))
              / (2 * step);
      double found = value(session, slope, strength, here);
      assertThat(Math.abs(difference)).isGreaterThan(1);
      assertThat(found).isCloseTo(difference, within(1e-6 * Math.abs(difference)));
    }
  }

  private static double value(
      Session session, Operand<TFloat64> fetched, Operand<TFloat64> strength, double at) {
    try (TFloat64 fed = TFloat64.scalarOf(at);
        var result = session.runner().feed(strength, fed).fetch(fetched).run()) {
      return ((TFloat64) result.get(0)).getDouble();
    }
  }
}
