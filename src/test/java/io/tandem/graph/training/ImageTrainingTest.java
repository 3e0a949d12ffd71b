package io.tandem.graph.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.ImageDataset;
import io.tandem.data.Inputs;
import io.tandem.data.Standardisation;
import io.tandem.graph.child.image.ImageShape;
import io.tandem.graph.child.image.MacroNetwork;
import io.tandem.graph.core.Device;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.RuntimeSettings;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.Schedule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sizes at which TensorFlow's strided 1 x 1 convolution wrote beyond its memory in training. */
class ImageTrainingTest {
  private static final int SIDE = 28;
  private static final int ROWS = 128;

  /** Noise, with a bright upper or lower half. */
  private static Inputs images() {
    byte[] pixels = new byte[ROWS * SIDE * SIDE];
    int[] labels = new int[ROWS];
    SplittableRandom random = new SplittableRandom(1);
    for (int row = 0; row < ROWS; row++) {
      labels[row] = row % 2;
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        boolean bright = pixel < SIDE * SIDE / 2 == (labels[row] == 0);
        pixels[row * SIDE * SIDE + pixel] = (byte) (random.nextInt(100) + (bright ? 100 : 0));
      }
    }
    var images =
        new ImageDataset(
            pixels, new io.tandem.data.ImageShape(SIDE, SIDE, 1), labels, List.of("a", "b"));
    return new Inputs(images.toDataset(255), Standardisation.none(SIDE * SIDE));
  }

  @Test
  void step_fewFiltersOfImagesThatAreHalvedTwice_learns() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.01);
    values.put(Hyperparameter.MOMENTUM, 0.9);
    values.put(Hyperparameter.CLIP_NORM, 5.0);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    try (NetworkTraining training =
        new NetworkTraining(
            new MacroNetwork(
                MacroArchitecture.parse("0 4 1 1 0 1"), 8, 0, new ImageShape(SIDE, SIDE, 1), 2),
            new OptimizerSettings(OptimizerFamily.ADAM, Schedule.CONSTANT, values),
            new InnerSettings(1, 0.999, 1e-8),
            1,
            images(),
            AugmentationSettings.none(),
            new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32))) {
      double first = training.step(rows(0), 0, 1);
      double last = first;
      for (int step = 1; step < 30; step++) {
        last = training.step(rows(step), step, 1);
      }
      assertThat(last).isLessThan(first / 2);
      assertThat(training.dropped()).isZero();
    }
  }

  private static int[] rows(int step) {
    return new SplittableRandom(step).ints(64, 0, ROWS).toArray();
  }
}
