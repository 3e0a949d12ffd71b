package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.Part;
import io.tandem.graph.core.Precision;
import io.tandem.space.CellOperation;
import io.tandem.space.CellRegularisation;
import io.tandem.space.MicroArchitecture;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Whole networks of cells against plain loops: a block that reads another source, or an operation
 * that does not halve, would still train.
 */
class MicroNetworkTest {
  private static final int BATCH = NetworkReference.BATCH;
  private static final int CLASSES = 3;
  // Every operation of every kind of source; one, two and three loose ends.
  private static final String CHAIN = "0 0 1 1  2 2 2 3  1 0 0 4  2 1 1 0";
  private static final String WIDE = "0 4 1 4  1 0 0 2  0 3 2 1   1 4 0 0  0 1 1 2  0 3 2 3";
  private static final String TWICE = "1 1 1 1  2 0 2 4  0 4 1 3  2 2 2 1";

  @ParameterizedTest
  @CsvSource({
    CHAIN + ", 1, 2, 4, 4, 1",
    CHAIN + ", 3, 3, 7, 6, 2",
    WIDE + ", 1, 3, 5, 7, 2",
    WIDE + ", 4, 2, 8, 8, 1",
    TWICE + ", 2, 2, 9, 5, 3",
    "1 4 1 4 0 4 0 4, 1, 2, 3, 2, 1"
  })
  void logits_fixedArchitectures_agreeWithDefinition(
      String encoding, int cells, int filters, int height, int width, int channels) {
    MicroNetwork network = network(encoding, cells, filters, height, width, channels);
    compare(TFloat64.class, network, 1e-9);
    compare(TFloat32.class, network, 1e-4);
  }

  private static <T extends TNumber> void compare(
      Class<T> type, MicroNetwork network, double tolerance) {
    NetworkReference.compare(
        type,
        network,
        (image, weights, norm) ->
            image.network(
                network.architecture(), network.cells(), network.filters(), CLASSES, weights, norm),
        tolerance);
  }

  static Stream<Arguments> operations() {
    return Stream.of(CellOperation.values())
        .flatMap(
            operation ->
                Stream.of(
                    Arguments.of(operation, true, 5, 4, 3),
                    Arguments.of(operation, true, 4, 7, 2),
                    Arguments.of(operation, true, 6, 6, 2),
                    Arguments.of(operation, true, 1, 2, 4),
                    Arguments.of(operation, false, 5, 4, 3),
                    Arguments.of(operation, false, 1, 2, 2)));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void apply_image_agreesWithDefinition(
      CellOperation operation, boolean halves, int height, int width, int filters) {
    double[] pixels = Derivatives.numbers(BATCH * height * width * filters, 1);
    ReferenceImage image = new ReferenceImage(BATCH, height, width, filters, pixels);
    List<Shape> shapes = shapes(operation, filters, halves);
    List<double[]> weights = NetworkReference.values(shapes, 2);
    Iterator<double[]> used = weights.iterator();
    ReferenceImage expected =
        image.operation(operation, halves, used, new ReferenceImage.Norm(List.of(), false));
    assertThat(used.hasNext()).isFalse();
    near(run(TFloat64.class, operation, halves, image, weights), expected.values(), 1e-9);
    near(run(TFloat32.class, operation, halves, image, weights), expected.values(), 1e-5);
  }

  private static List<Shape> shapes(CellOperation operation, int filters, boolean halves) {
    return BlockOperation.of(operation).parts(filters, halves).list().stream()
        .map(Part::shape)
        .toList();
  }

  private static <T extends TNumber> double[] run(
      Class<T> type,
      CellOperation operation,
      boolean halves,
      ReferenceImage image,
      List<double[]> weights) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Shape shape = Shape.of(image.batch(), image.height(), image.width(), image.channels());
      List<Operand<T>> inputs = new ArrayList<>();
      inputs.add(Tensors.tensor(tf, image.values(), shape, type));
      List<Shape> shapes = shapes(operation, image.channels(), halves);
      inputs.addAll(NetworkReference.tensors(tf, weights, shapes, type));
      Operand<T> y = MicroNetworkTest.<T>function(operation, halves).apply(tf, inputs);
      return Doubles.fetch(session.runner(), List.of(y)).get(0);
    }
  }

  private static <T extends TNumber> Derivatives.Function<T> function(
      CellOperation operation, boolean halves) {
    return (tf, inputs) ->
        BlockOperation.of(operation)
            .apply(
                new ImageLayers<>(tf, new BatchStatistics<>(), Precision.FLOAT32),
                inputs.subList(1, inputs.size()).iterator(),
                inputs.get(0),
                Halving.of(halves));
  }

  /** Derivatives of windows that move by two pixels are other kernels than those by one. */
  @ParameterizedTest
  @EnumSource(CellOperation.class)
  void derivatives_halvingInFloat32_areThoseOfFloat64(CellOperation operation) {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(Shape.of(BATCH, 5, 4, 2));
    shapes.addAll(shapes(operation, 2, true));
    Derivatives.agree(
        Derivatives.of(
            TFloat32.class, 2, shapes, MicroNetworkTest.<TFloat32>function(operation, true)),
        Derivatives.of(
            TFloat64.class, 2, shapes, MicroNetworkTest.<TFloat64>function(operation, true)),
        1e-3);
  }

  @ParameterizedTest
  @CsvSource({CHAIN + ", 1", WIDE + ", 4", TWICE + ", 6"})
  void shapes_holdAsManyWeightsAsTheArchitectureCounts(String encoding, int cells) {
    MicroNetwork network = network(encoding, cells, 5, 8, 8, 2);
    assertThat(network.shapes().stream().mapToLong(Shape::size).sum())
        .isEqualTo(network.architecture().parameters(cells, 5, 2, CLASSES));
    assertThat(network.names()).doesNotHaveDuplicates().hasSameSizeAs(network.shapes());
    assertThat(network.statisticNames())
        .doesNotHaveDuplicates()
        .hasSameSizeAs(network.statisticShapes())
        .startsWith("stem/mean", "stem/variance", "cell0/input0/mean");
  }

  @Test
  void names_ofWeights_sayTheirPlace() {
    assertThat(network(CHAIN, 3, 2, 8, 8, 1).names())
        .contains(
            "stem/kernel",
            "cell0/input1/kernel",
            "cell2/input0/shifted",
            "cell2/block0/first/depthwise0",
            "cell2/block0/first/norm1/scale",
            "cell1/block1/second/pointwise1",
            "cell4/output/kernel",
            "cell4/output/offset",
            "output/bias");
  }

  @Test
  void initialWeights_kernels_haveThePublishedVariance() {
    MicroNetwork network = network(CHAIN, 1, 24, 8, 8, 3);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<double[]> weights =
          Doubles.fetch(
              session.runner(), network.initialWeights(tf, TFloat32.class, 5, tf.constant(2f)));
      double square = 0;
      double[] kernel = weights.get(network.names().indexOf("cell2/block0/first/pointwise1"));
      for (double value : kernel) {
        square += value * value / kernel.length;
      }
      assertThat(square).isCloseTo(4 * 2.0 / 96, within(0.06 * 4 * 2.0 / 96));
      assertThat(weights.get(network.names().indexOf("cell2/block0/first/norm0/scale")))
          .containsOnly(1);
    }
  }

  @Test
  void constructor_noCellOrOneFilter_isRefused() {
    assertThatThrownBy(() -> network(CHAIN, 1, 1, 4, 4, 1))
        .hasMessage("a network needs two filters and an output, got 1 and 3");
    assertThatThrownBy(() -> network(CHAIN, 0, 2, 4, 4, 1))
        .hasMessage("a network needs a normal cell, got 0");
  }

  private static MicroNetwork network(
      String encoding, int cells, int filters, int height, int width, int channels) {
    return new MicroNetwork(
        MicroArchitecture.parse(encoding),
        cells,
        filters,
        CellRegularisation.dropout(0),
        new ImageShape(height, width, channels),
        CLASSES);
  }

  private static void near(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int index = 0; index < expected.length; index++) {
      assertThat(actual[index])
          .isCloseTo(expected[index], within(tolerance * (1 + Math.abs(expected[index]))));
    }
  }
}
