package io.tandem.graph.child.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.Part;
import io.tandem.graph.child.Parts;
import io.tandem.graph.core.Precision;
import io.tandem.space.ConvolutionOperation;
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
 * An operation that is another one, or sees another window, still trains: only a comparison with
 * the definition shows it.
 */
class ImageOperationTest {
  private static final int BATCH = 3;

  /** What a test computes from an image and weights. */
  private interface Body {
    <T extends TNumber> Operand<T> apply(
        ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x);
  }

  static Stream<Arguments> operations() {
    return Stream.of(ConvolutionOperation.values())
        .flatMap(
            operation ->
                Stream.of(
                    Arguments.of(operation, 5, 4, 3),
                    Arguments.of(operation, 4, 7, 2),
                    Arguments.of(operation, 1, 2, 4)));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void apply_image_agreesWithDefinition(
      ConvolutionOperation operation, int height, int width, int filters) {
    ReferenceImage image = image(height, width, filters);
    Parts parts = ImageOperation.layer(operation, filters);
    double[] expected =
        image
            .operation(
                operation, weights(parts).iterator(), new ReferenceImage.Norm(List.of(), false))
            .values();
    agree(image, parts, operation(operation), expected);
  }

  @Test
  void apply_sameImage_everyOperationGivesAnotherOutput() {
    ReferenceImage image = image(5, 5, 3);
    List<double[]> outputs = new ArrayList<>();
    for (ConvolutionOperation operation : ConvolutionOperation.values()) {
      Parts parts = ImageOperation.layer(operation, 3);
      outputs.add(run(TFloat64.class, image, parts, operation(operation)));
    }
    for (int left = 0; left < outputs.size(); left++) {
      for (int right = 0; right < left; right++) {
        double difference = 0;
        for (int index = 0; index < outputs.get(left).length; index++) {
          difference =
              Math.max(difference, Math.abs(outputs.get(left)[index] - outputs.get(right)[index]));
        }
        assertThat(difference).as("%d and %d", left, right).isGreaterThan(0.05);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4,6,4", "7,5,3", "6,7,2", "1,1,2", "1,4,5", "2,2,3"})
  void reduction_evenAndOddSizes_agreesWithDefinition(int height, int width, int filters) {
    ReferenceImage image = image(height, width, filters);
    Parts parts = FactorizedReduction.parts(filters, filters);
    ReferenceImage expected =
        image.reduce(weights(parts).iterator(), new ReferenceImage.Norm(List.of(), false));
    assertThat(expected.height()).isEqualTo(new Resolution(height, width).halved().height());
    agree(
        image,
        parts,
        new Body() {
          @Override
          public <T extends TNumber> Operand<T> apply(
              ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
            return FactorizedReduction.apply(layers, weights, x);
          }
        },
        expected.values());
  }

  @Test
  void stem_image_agreesWithDefinition() {
    ReferenceImage image = image(6, 5, 2);
    Parts parts = Stem.parts(2, 3);
    Iterator<double[]> weights = weights(parts).iterator();
    double[] expected =
        new ReferenceImage.Norm(List.of(), false)
            .apply(image.convolve(weights.next(), 3, 3, 1), weights)
            .values();
    agree(
        image,
        parts,
        new Body() {
          @Override
          public <T extends TNumber> Operand<T> apply(
              ImageLayers<T> layers, Iterator<Operand<T>> next, Operand<T> x) {
            return Stem.apply(layers, next, x);
          }
        },
        expected);
  }

  /** Padding and strides of TensorFlow's convolution are what the definitions mean. */
  @ParameterizedTest
  @CsvSource({"3,1", "5,1", "1,1", "2,2"})
  void convolution_sizesAndStrides_agreesWithDefinition(int size, int stride) {
    for (int height : new int[] {5, 6}) {
      ReferenceImage image = image(height, 7, 2);
      Parts parts = new Parts(List.of(Part.kernel("kernel", size, 2, 3)));
      double[] expected = image.convolve(weights(parts).get(0), size, 3, stride).values();
      agree(
          image,
          parts,
          new Body() {
            @Override
            public <T extends TNumber> Operand<T> apply(
                ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
              return layers.convolution(x, weights.next(), stride);
            }
          },
          expected);
    }
  }

  /** Training in float32 is by the fused normalisation, checks in float64 by elementary ones. */
  @ParameterizedTest
  @EnumSource(ConvolutionOperation.class)
  void derivatives_float32_areThoseOfFloat64(ConvolutionOperation operation) {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(Shape.of(BATCH, 4, 4, 2));
    ImageOperation.layer(operation, 2).list().forEach(part -> shapes.add(part.shape()));
    Derivatives.agree(
        Derivatives.of(TFloat32.class, 2, shapes, ImageOperationTest.<TFloat32>function(operation)),
        Derivatives.of(TFloat64.class, 2, shapes, ImageOperationTest.<TFloat64>function(operation)),
        1e-3);
  }

  private static <T extends TNumber> Derivatives.Function<T> function(
      ConvolutionOperation operation) {
    return (tf, inputs) ->
        operation(operation)
            .apply(
                new ImageLayers<>(tf, new BatchStatistics<>(), Precision.FLOAT32),
                inputs.subList(1, inputs.size()).iterator(),
                inputs.get(0));
  }

  private static Body operation(ConvolutionOperation operation) {
    return new Body() {
      @Override
      public <T extends TNumber> Operand<T> apply(
          ImageLayers<T> layers, Iterator<Operand<T>> weights, Operand<T> x) {
        return ImageOperation.of(operation).apply(layers, weights, layers.mixed(x, weights));
      }
    };
  }

  private static ReferenceImage image(int height, int width, int channels) {
    return new ReferenceImage(
        BATCH, height, width, channels, Derivatives.numbers(BATCH * height * width * channels, 1));
  }

  private static List<double[]> weights(Parts parts) {
    List<double[]> weights = new ArrayList<>();
    for (Part part : parts.list()) {
      weights.add(Derivatives.numbers(part.size(), 2 + weights.size()));
    }
    return weights;
  }

  private static void agree(ReferenceImage image, Parts parts, Body body, double[] expected) {
    near(run(TFloat64.class, image, parts, body), expected, 1e-9);
    near(run(TFloat32.class, image, parts, body), expected, 1e-5);
  }

  private static void near(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int index = 0; index < expected.length; index++) {
      assertThat(actual[index])
          .isCloseTo(expected[index], within(tolerance * (1 + Math.abs(expected[index]))));
    }
  }

  private static <T extends TNumber> double[] run(
      Class<T> type, ReferenceImage image, Parts parts, Body body) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<double[]> values = weights(parts);
      double[] flat = values.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
      Operand<T> vector = Tensors.vector(tf, type, flat);
      Shape shape = Shape.of(image.batch(), image.height(), image.width(), image.channels());
      Operand<T> x = Tensors.tensor(tf, image.values(), shape, type);
      ImageLayers<T> layers = new ImageLayers<>(tf, new BatchStatistics<>(), Precision.FLOAT32);
      Operand<T> y =
          body.apply(layers, parts.cut(layers.tf(), layers.constants(), vector).iterator(), x);
      return Doubles.fetch(session.runner(), List.of(y)).get(0);
    }
  }
}
