package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.Network.TrainingPass;
import io.tandem.graph.core.Precision;
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
    "0, 2, 4, 4, 1",
    "1 2 1, 3, 5, 6, 2",
    "5 3 1 4 0 1, 2, 7, 7, 1",
    "0 1 0 3 1 1 2 1 0 1 4 1 1 0 1 5 0 1 0 0 0, 3, 9, 8, 1",
    "5 5 1 0 1 1 2 0 0 0 3 0 1 0 1, 4, 7, 6, 3"
  })
  void logits_fixedArchitectures_agreeWithDefinition(
      String encoding, int filters, int height, int width, int channels) {
    MacroNetwork network = network(encoding, filters, height, width, channels);
    compare(TFloat64.class, network, 1e-9);
    compare(TFloat32.class, network, 1e-4);
  }

  private static <T extends TNumber> void compare(
      Class<T> type, MacroNetwork network, double tolerance) {
    List<double[]> weights = values(network.shapes(), 2);
    List<double[]> statistics = values(network.statisticShapes(), 40);
    for (int index = 1; index < statistics.size(); index += 2) {
      double[] variance = statistics.get(index);
      for (int channel = 0; channel < variance.length; channel++) {
        variance[channel] = 1 + 0.5 * variance[channel];
      }
    }
    ImageShape size = network.image();
    ReferenceImage image =
        new ReferenceImage(
            BATCH,
            size.height(),
            size.width(),
            size.channels(),
            Derivatives.numbers(BATCH * size.size(), 1));
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<T> rows = Tensors.tensor(tf, image.values(), Shape.of(BATCH, size.size()), type);
      List<Operand<T>> given = tensors(tf, weights, network.shapes(), type);
      TrainingPass<T> training =
          network.trainingPass(tf, given, rows, tf.constant(new long[] {1, 2}), Precision.FLOAT32);
      List<Operand<T>> fetches = new ArrayList<>(training.statistics());
      fetches.add(training.logits());
      fetches.add(
          network.logits(
              tf, given, tensors(tf, statistics, network.statisticShapes(), type), rows));
      List<double[]> actual = Doubles.fetch(session.runner(), fetches);

      ReferenceImage.Norm batch = new ReferenceImage.Norm(List.of(), false);
      var used = weights.iterator();
      List<double[]> expected = new ArrayList<>();
      double[] logits =
          image.network(network.architecture(), network.filters(), CLASSES, used, batch);
      assertThat(used.hasNext()).isFalse();
      expected.addAll(batch.seen);
      expected.add(logits);
      ReferenceImage.Norm moving = new ReferenceImage.Norm(statistics, true);
      expected.add(
          image.network(
              network.architecture(), network.filters(), CLASSES, weights.iterator(), moving));
      assertThat(actual).hasSameSizeAs(expected);
      for (int index = 0; index < expected.size(); index++) {
        assertThat(actual.get(index)).hasSameSizeAs(expected.get(index));
        for (int place = 0; place < expected.get(index).length; place++) {
          double value = expected.get(index)[place];
          assertThat(actual.get(index)[place])
              .as("tensor %d, place %d", index, place)
              .isCloseTo(value, within(tolerance * (1 + Math.abs(value))));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1 2 1", "0 1 0 3 1 1 2 1 0 1 4 1 1 0 1 5 0 1 0 0 0"})
  void shapes_holdAsManyWeightsAsTheArchitectureCounts(String encoding) {
    MacroNetwork network = network(encoding, 5, 8, 8, 2);
    assertThat(network.shapes().stream().mapToLong(Shape::size).sum())
        .isEqualTo(network.architecture().parameters(5, 2, CLASSES));
    assertThat(network.names()).doesNotHaveDuplicates().hasSameSizeAs(network.shapes());
    assertThat(network.statisticNames())
        .doesNotHaveDuplicates()
        .hasSameSizeAs(network.statisticShapes())
        .startsWith("stem/mean", "stem/variance", "layer0/mix/mean");
  }

  @Test
  void initialWeights_kernels_haveThePublishedVariance() {
    MacroNetwork network = network("0 1 0", 24, 8, 8, 3);
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
        new MacroNetwork(MacroArchitecture.parse("0"), 4, 0.5, new ImageShape(4, 4, 1), CLASSES);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> rows =
          Tensors.tensor(
              tf, Derivatives.numbers(BATCH * 16, 1), Shape.of(BATCH, 16), TFloat64.class);
      List<Operand<TFloat64>> weights =
          tensors(tf, values(network.shapes(), 2), network.shapes(), TFloat64.class);
      List<Operand<TFloat64>> fetches = new ArrayList<>();
      for (long seed : new long[] {1, 1, 2}) {
        fetches.add(
            network
                .trainingPass(
                    tf, weights, rows, tf.constant(new long[] {seed, 0}), Precision.FLOAT32)
                .logits());
      }
      List<double[]> logits = Doubles.fetch(session.runner(), fetches);
      assertThat(logits.get(0)).isEqualTo(logits.get(1)).isNotEqualTo(logits.get(2));
    }
  }

  @Test
  void constructor_oneFilter_isRefused() {
    assertThatThrownBy(() -> network("0", 1, 4, 4, 1))
        .hasMessage("a network needs two filters and two classes, got 1 and 3");
  }

  private static MacroNetwork network(
      String encoding, int filters, int height, int width, int channels) {
    return new MacroNetwork(
        MacroArchitecture.parse(encoding),
        filters,
        0,
        new ImageShape(height, width, channels),
        CLASSES);
  }

  private static List<double[]> values(List<Shape> shapes, int stream) {
    List<double[]> values = new ArrayList<>();
    for (Shape shape : shapes) {
      values.add(Derivatives.numbers((int) shape.size(), stream + values.size()));
    }
    return values;
  }

  private static <T extends TNumber> List<Operand<T>> tensors(
      Ops tf, List<double[]> values, List<Shape> shapes, Class<T> type) {
    List<Operand<T>> tensors = new ArrayList<>();
    for (int index = 0; index < values.size(); index++) {
      tensors.add(Tensors.tensor(tf, values.get(index), shapes.get(index), type));
    }
    return tensors;
  }
}
