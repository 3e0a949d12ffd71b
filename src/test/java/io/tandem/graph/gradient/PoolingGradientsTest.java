package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.AvgPool;
import org.tensorflow.op.nn.MaxPool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Pooling moves derivatives between windows and places, the same way in every order: for the
 * maximum always to and from the place of the maximum, also among equals. Of NCHW, TensorFlow's CPU
 * kernels run {@code AvgPool} and {@code MaxPool} in float32, with oneDNN, and {@code MaxPoolV2}
 * not at all.
 */
class PoolingGradientsTest {
  private record Case(
      String kind, Shape input, List<Long> size, List<Long> strides, String padding) {
    List<Shape> shapes() {
      return List.of(input);
    }
  }

  static Stream<Case> cases() {
    return Stream.of("AvgPool", "MaxPool", "MaxPoolV2")
        .flatMap(
            kind ->
                Stream.of(
                    new Case(kind, Shape.of(2, 4, 4, 2), window(2, 2), window(2, 2), "VALID"),
                    new Case(kind, Shape.of(1, 5, 4, 3), window(3, 3), window(1, 1), "SAME"),
                    new Case(kind, Shape.of(2, 5, 6, 1), window(2, 3), window(2, 1), "SAME"),
                    new Case(kind, Shape.of(1, 5, 5, 2), window(3, 2), window(1, 2), "VALID")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pool_toThirdOrder_agreesWithCentralDifferences(Case of) {
    Derivatives.check(3, of.shapes(), (tf, x) -> pool(tf, x.get(0), of, "NHWC"));
  }

  static Stream<Case> channelsFirst() {
    return cases().filter(of -> !of.kind().equals("MaxPoolV2"));
  }

  @ParameterizedTest
  @MethodSource("channelsFirst")
  void pool_channelsFirst_agreesWithChannelsLast(Case of) {
    Layouts.assumeChannelsFirst();
    Derivatives.agree(
        Derivatives.of(TFloat32.class, 3, of.shapes(), (tf, x) -> pool(tf, x.get(0), of, "NCHW")),
        Derivatives.of(TFloat64.class, 3, of.shapes(), (tf, x) -> pool(tf, x.get(0), of, "NHWC")),
        1e-5);
  }

  /** No CPU kernel runs this, but it must be built for those that do. */
  @ParameterizedTest
  @MethodSource("cases")
  void pool_channelsFirst_keepsItsWindowInEveryOrder(Case of) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.placeholder(TFloat64.class, Placeholder.shape(of.input()));
      Operand<TFloat64> y = pool(tf, x, of, "NCHW");
      for (int order = 0; order < 3; order++) {
        y = Gradients.of(tf, graph, dot(tf, tf.math.sin(y), tf.math.cos(y)), List.of(x)).get(0);
      }
      int pools = 0;
      for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
        GraphOperation operation = all.next();
        if (operation.type().contains("Pool")) {
          pools++;
          assertWindow(operation, of);
        }
      }
      assertThat(pools).isGreaterThan(3);
    }
  }

  private static void assertWindow(GraphOperation operation, Case of) {
    OperationAttributeInspector attributes = operation.attributes();
    String type = operation.type();
    String layout = type.equals("MaxPoolWithArgmax") ? "NHWC" : "NCHW";
    assertThat(attributes.getAttrString("padding")).isEqualTo(of.padding());
    if (!type.equals("MaxPoolWithArgmax")) {
      assertThat(attributes.getAttrString("data_format")).isEqualTo("NCHW");
    }
    if (!type.endsWith("V2")) {
      assertThat(attributes.getAttrIntList("ksize"))
          .containsExactly(longs(Layouts.to(of.size(), layout)));
      assertThat(attributes.getAttrIntList("strides"))
          .containsExactly(longs(Layouts.to(of.strides(), layout)));
    }
  }

  /** The place of the maximum must be known where a kernel may write over what it reads. */
  @ParameterizedTest
  @MethodSource("kinds")
  void backwardPass_ofATemporaryDerivative_isReadAtTheMaxima(String kind) {
    Case of = new Case(kind, Shape.of(1, 3, 3, 1), window(2, 2), window(1, 1), "SAME");
    Derivatives.check(
        2,
        List.of(of.input(), of.input()),
        (tf, x) -> {
          Operand<TFloat64> y = pool(tf, x.get(0), of, "NHWC");
          Operand<TFloat64> value = dot(tf, y, tf.math.exp(x.get(1)));
          return Gradients.of(tf, value, List.of(x.get(0))).get(0);
        });
  }

  static Stream<String> kinds() {
    return Stream.of("MaxPool", "MaxPoolV2");
  }

  @Test
  void maxPoolV2_windowKnownAtRunTimeOnly_isRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> x =
          tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(1, 3, 3, 1)));
      Operand<TInt32> window = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(4)));
      Operand<TFloat64> y = tf.nn.maxPool(x, window, window, "VALID");
      Operand<TFloat64> first = Gradients.of(tf, graph, dot(tf, y, y), List.of(x)).get(0);
      Operand<TFloat64> value = dot(tf, first, first);
      assertThatThrownBy(() -> Gradients.of(tf, graph, value, List.of(x)))
          .isInstanceOf(MissingGradientException.class)
          .hasMessageContaining("are no constants");
    }
  }

  /** After ReLU most windows hold equal maxima: <u, scatter(g)> = <gather(u), g>. */
  @Test
  void maxPool_equalMaxima_areRoutedAlikeInEveryOrder() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      int[] shape = {1, 4, 4, 2};
      Operand<TFloat64> x =
          tf.nn.relu(tf.math.floor(tf.math.mul(image(tf, shape, 1), tf.constant(2.0))));
      for (String kind : List.of("MaxPool", "MaxPoolV2")) {
        Case of = new Case(kind, Shape.of(1, 4, 4, 2), window(3, 3), window(1, 1), "SAME");
        Operand<TFloat64> y = pool(tf, x, of, "NHWC");
        Operand<TFloat64> upstream = image(tf, shape, 2);
        Operand<TFloat64> second = image(tf, shape, 3);
        Operand<TFloat64> scattered =
            Gradients.of(tf, graph, dot(tf, y, upstream), List.of(x)).get(0);
        Operand<TFloat64> left = dot(tf, scattered, second);
        Operand<TFloat64> gathered = Gradients.of(tf, graph, left, List.of(upstream)).get(0);
        List<double[]> values =
            Doubles.fetch(session.runner(), List.of(left, dot(tf, gathered, upstream), gathered));
        assertThat(values.get(0)[0]).isNotZero().isCloseTo(values.get(1)[0], within(1e-12));
        assertThat(values.get(2)).doesNotContain(0);
      }
    }
  }

  @Test
  void maxPool_explicitPadding_isRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> x = tf.placeholder(TFloat64.class);
      Operand<TFloat64> y =
          tf.scope()
              .opBuilder("MaxPool", "padded")
              .addInput(x.asOutput())
              .setAttr("ksize", new long[] {1, 2, 2, 1})
              .setAttr("strides", new long[] {1, 1, 1, 1})
              .setAttr("padding", "EXPLICIT")
              .setAttr("explicit_paddings", new long[] {0, 0, 1, 1, 1, 1, 0, 0})
              .build()
              .output(0);
      Operand<TFloat64> sum = tf.reduceSum(y, tf.constant(new int[] {0, 1, 2, 3}));
      assertThatThrownBy(() -> Gradients.of(tf, graph, sum, List.of(x)))
          .isInstanceOf(MissingGradientException.class)
          .hasMessageContaining("padded: the gradient leaves out explicit padding");
    }
  }

  private static <T extends TNumber> Operand<T> pool(Ops tf, Operand<T> x, Case of, String layout) {
    Operand<T> image = Layouts.to(tf, x, layout);
    List<Long> size = Layouts.to(of.size(), layout);
    List<Long> strides = Layouts.to(of.strides(), layout);
    Operand<T> y =
        switch (of.kind()) {
          case "AvgPool" ->
              tf.nn.avgPool(image, size, strides, of.padding(), AvgPool.dataFormat(layout));
          case "MaxPoolV2" ->
              tf.nn.maxPool(
                  image,
                  tf.constant(ints(size)),
                  tf.constant(ints(strides)),
                  of.padding(),
                  MaxPool.dataFormat(layout));
          default ->
              tf.scope()
                  .opBuilder("MaxPool", "MaxPool")
                  .addInput(image.asOutput())
                  .setAttr("ksize", longs(size))
                  .setAttr("strides", longs(strides))
                  .setAttr("padding", of.padding())
                  .setAttr("data_format", layout)
                  .build()
                  .<T>output(0);
        };
    return Layouts.from(tf, y, layout);
  }

  private static Operand<TFloat64> image(Ops tf, int[] shape, int stream) {
    return tf.reshape(
        tf.constant(Derivatives.numbers((int) Shape.of(1, 4, 4, 2).size(), stream)),
        tf.constant(shape));
  }

  private static Operand<TFloat64> dot(Ops tf, Operand<TFloat64> left, Operand<TFloat64> right) {
    return tf.reduceSum(tf.math.mul(left, right), tf.constant(new int[] {0, 1, 2, 3}));
  }

  private static List<Long> window(long height, long width) {
    return List.of(1L, height, width, 1L);
  }

  private static int[] ints(List<Long> sizes) {
    return sizes.stream().mapToInt(Long::intValue).toArray();
  }

  private static long[] longs(List<Long> sizes) {
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }
}
