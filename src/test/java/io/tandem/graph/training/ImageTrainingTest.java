package io.tandem.graph.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.data.Inputs;
import io.tandem.data.Standardisation;
import io.tandem.data.image.ImageDataset;
import io.tandem.graph.child.Network;
import io.tandem.graph.child.image.ImageShape;
import io.tandem.graph.child.image.MacroNetwork;
import io.tandem.graph.child.image.MicroNetwork;
import io.tandem.graph.core.Precision;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.space.CellRegularisation;
import io.tandem.space.Filters;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MicroArchitecture;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.Schedule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sizes at which TensorFlow's strided 1 x 1 convolution wrote beyond its memory in training; other
 * strided kernels are there in cells.
 */
class ImageTrainingTest {
  private static final int SIDE = 28;
  private static final int ROWS = 128;

  /** Noise, with a bright upper or lower half. */
  private static Inputs images(int side) {
    byte[] pixels = new byte[ROWS * side * side];
    int[] labels = new int[ROWS];
    SplittableRandom random = new SplittableRandom(1);
    for (int row = 0; row < ROWS; row++) {
      labels[row] = row % 2;
      for (int pixel = 0; pixel < side * side; pixel++) {
        boolean bright = pixel < side * side / 2 == (labels[row] == 0);
        pixels[row * side * side + pixel] = (byte) (random.nextInt(100) + (bright ? 100 : 0));
      }
    }
    var images =
        new ImageDataset(
            pixels, new io.tandem.data.ImageShape(side, side, 1), labels, List.of("a", "b"));
    return new Inputs(images.toDataset(255), Standardisation.none(side * side));
  }

  @Test
  void step_fewFiltersOfImagesThatAreHalvedTwice_learns() {
    learns(
        new MacroNetwork(
            MacroArchitecture.parse("0 4 1 1 0 1"),
            new Filters(8),
            0,
            new ImageShape(SIDE, SIDE, 1),
            2),
        SIDE,
        30);
  }

  @ParameterizedTest
  @CsvSource({"2, 28", "3, 27", "5, 9", "8, 14"})
  void step_cellsOfEveryOperationOfStrideTwo_learns(int filters, int side) {
    MicroArchitecture cells =
        MicroArchitecture.parse(
            "0 0 1 1 2 2 2 3 0 4 1 0 3 1 2 4 3 3 1 2 0 0 1 1 0 2 1 3 0 4 1 0 0 1 1 4 0 3 1 2");
    learns(
        new MicroNetwork(
            cells,
            1,
            filters,
            new CellRegularisation(0, 0.2, 0.4),
            new ImageShape(side, side, 1),
            2),
        side,
        40);
  }

  private static void learns(Network network, int side, int steps) {
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
            network,
            new OptimizerSettings(OptimizerFamily.ADAM, Schedule.CONSTANT, values),
            new InnerSettings(1, 0.999, 1e-8),
            1,
            images(side),
            AugmentationSettings.none(),
            new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32))) {
      double first = training.step(rows(0), 0, 1, 0);
      double last = first;
      for (int step = 1; step < steps; step++) {
        last = training.step(rows(step), step, 1, step / 40.0);
      }
      assertThat(last).isLessThan(first / 2);
      assertThat(training.dropped()).isZero();
    }
  }

  private static int[] rows(int step) {
    return new SplittableRandom(step).ints(64, 0, ROWS).toArray();
  }
}
