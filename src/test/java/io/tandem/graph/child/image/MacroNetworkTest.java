package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.TrainingNoise;
import io.tandem.graph.core.Precision;
import io.tandem.space.Filters;
import io.tandem.space.MacroArchitecture;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Whole networks against plain loops: every layer in its place, every weight used once. */
class MacroNetworkTest {
  private static final int BATCH = 4;
  private static final int CLASSES = 3;

  @ParameterizedTest
  @CsvSource({
    "0, 2, false, 4, 4, 1",
    "1 2 1, 3, false, 5, 6, 2",
    "5 3 1 4 0 1, 2, false, 7, 7, 1",
    "0 1 0 3 1 1 2 1 0 1 4 1 1 0 1 5 0 1 0 0 0, 3, false, 9, 8, 1",
    "0 1 0 3 1 1 2 1 0 1 4 1 1 0 1 5 0 1 0 0 0, 3, true, 9, 8, 1",
    "5 5 1 0 1 1 2 0 0 0 3 0 1 0 1, 4, false, 7, 6, 3"
  })
  void logits_fixedArchitectures_agreeWithDefinition(
      String encoding, int filters, boolean doubled, int height, int width, int channels) {
    MacroNetwork network =
        network(encoding, new Filters(filters, doubled), height, width, channels);
    compare(TFloat64.class, network, 1e-9);
    compare(TFloat32.class, network, 1e-4);
  }

  private static <T extends TNumber> void compare(
      Class<T> type, MacroNetwork network, double tolerance) {
    NetworkReference.compare(
        type,
        network,
        (image, weights, norm) ->
            image.network(network.architecture(), network.filters(), CLASSES, weights, norm),
        tolerance);
  }

  @ParameterizedTest
  @CsvSource({"0", "1 2 1", "0 1 0 3 1 1 2 1 0 1 4 1 1 0 1 5 0 1 0 0 0"})
  void shapes_holdAsManyWeightsAsTheArchitectureCounts(String encoding) {
    for (boolean doubled : new boolean[] {true, false}) {
      Filters filters = new Filters(5, doubled);
      MacroNetwork network = network(encoding, filters, 8, 8, 2);
      assertThat(network.shapes().stream().mapToLong(Shape::size).sum())
          .isEqualTo(network.architecture().parameters(filters, 2, CLASSES));
    }
    MacroNetwork network = network(encoding, new Filters(5), 8, 8, 2);
    assertThat(network.names()).doesNotHaveDuplicates().hasSameSizeAs(network.shapes());
    assertThat(network.statisticNames())
        .doesNotHaveDuplicates()
        .hasSameSizeAs(network.statisticShapes())
        .startsWith("stem/mean", "stem/variance", "layer0/mix/mean");
  }

  @Test
  void initialWeights_kernels_haveThePublishedVariance() {
    MacroNetwork network = network("0 1 0", new Filters(24), 8, 8, 3);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<double[]> weights =
          Doubles.fetch(
              session.runner(), network.initialWeights(tf, TFloat32.class, 5, tf.constant(2f)));
      double[] kernel = weights.get(network.names().indexOf("layer0/kernel"));
      double square = 0;
      for (double value : kernel) {
        square += value * value / kernel.length;
      }
      assertThat(square).isCloseTo(4 * 2.0 / (9 * 24), within(0.06 * 4 * 2.0 / (9 * 24)));
      assertThat(weights.get(network.names().indexOf("layer1/mix/scale"))).containsOnly(1);
      assertThat(weights.get(network.names().indexOf("output/bias"))).containsOnly(0);
      double[] depthwise = weights.get(network.names().indexOf("layer1/depthwise"));
      assertThat(java.util.Arrays.stream(depthwise).map(Math::abs).max().orElseThrow())
          .isBetween(1.0, 2 * 2 * Math.sqrt(2.0 / 9) / 0.8796 + 1e-3);
    }
  }

  @Test
  void moved_statistic_isTheExponentialMovingAverage() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> moved = MovingStatistics.moved(tf, tf.constant(2.0), tf.constant(5.0), 0.9);
      assertThat(Doubles.fetch(session.runner(), List.of(moved)).get(0)[0])
          .isCloseTo(2.3, within(1e-12));
    }
  }

  @Test
  void dropout_inTraining_changesLogitsWithTheSeedOnly() {
    MacroNetwork network =
        new MacroNetwork(
            MacroArchitecture.parse("0"), new Filters(4), 0.5, new ImageShape(4, 4, 1), CLASSES);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> rows =
          Tensors.tensor(
              tf, Derivatives.numbers(BATCH * 16, 1), Shape.of(BATCH, 16), TFloat64.class);
      List<Operand<TFloat64>> weights =
          NetworkReference.tensors(
              tf, NetworkReference.values(network.shapes(), 2), network.shapes(), TFloat64.class);
      List<Operand<TFloat64>> fetches = new ArrayList<>();
      for (long seed : new long[] {1, 1, 2}) {
        fetches.add(
            network
                .trainingPass(
                    tf,
                    weights,
                    rows,
                    new TrainingNoise<>(tf.constant(new long[] {seed, 0}), tf.constant(1.0)),
                    Precision.FLOAT32)
                .logits()
                .output());
      }
      List<double[]> logits = Doubles.fetch(session.runner(), fetches);
      assertThat(logits.get(0)).isEqualTo(logits.get(1)).isNotEqualTo(logits.get(2));
    }
  }

  @Test
  void constructor_noOutput_isRefused() {
    MacroArchitecture architecture = MacroArchitecture.parse("0");
    ImageShape image = new ImageShape(4, 4, 1);
    assertThatThrownBy(() -> new MacroNetwork(architecture, new Filters(2), 0, image, 0))
        .hasMessage("a network needs two filters and an output, got 2 and 0");
  }

  private static MacroNetwork network(
      String encoding, Filters filters, int height, int width, int channels) {
    return new MacroNetwork(
        MacroArchitecture.parse(encoding),
        filters,
        0,
        new ImageShape(height, width, channels),
        CLASSES);
  }
}
