package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testing.Derivatives;
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
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.Conv2dBackpropFilter;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.op.nn.DepthwiseConv2dNative;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * A hypergradient through a convolutional network differentiates each convolution by input and
 * filter twice. TensorFlow's CPU kernels take float64 in the layout NHWC only, float32 in NCHW too,
 * with oneDNN, but not with explicit padding, and no dilations in backward passes. NCHW is
 * therefore compared with NHWC in float64; of what no kernel runs, the attributes are checked.
 */
class ConvolutionGradientsTest {
  private static final List<Long> EXPLICIT = List.of(0L, 0L, 2L, 1L, 0L, 1L, 0L, 0L);

  private record Case(Shape input, Shape filter, List<Long> strides, String padding) {
    List<Shape> shapes() {
      return List.of(input, filter);
    }
  }

  static Stream<Case> convolutions() {
    return Stream.of(
        new Case(Shape.of(2, 5, 4, 2), Shape.of(3, 2, 2, 3), strides(1, 1), "SAME"),
        new Case(Shape.of(1, 5, 6, 2), Shape.of(2, 3, 2, 2), strides(2, 1), "VALID"),
        new Case(Shape.of(2, 5, 5, 1), Shape.of(3, 3, 1, 2), strides(2, 2), "SAME"),
        new Case(Shape.of(1, 3, 3, 3), Shape.of(1, 1, 3, 2), strides(1, 1), "VALID"));
  }

  static Stream<Case> depthwise() {
    return Stream.of(
        new Case(Shape.of(2, 4, 4, 2), Shape.of(3, 2, 2, 2), strides(1, 1), "SAME"),
        new Case(Shape.of(1, 5, 6, 3), Shape.of(2, 3, 3, 1), strides(2, 2), "VALID"),
        new Case(Shape.of(1, 4, 5, 2), Shape.of(2, 2, 2, 2), strides(1, 1), "EXPLICIT"));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void conv2d_toThirdOrder_agreesWithCentralDifferences(Case of) {
    Derivatives.check(3, of.shapes(), (tf, x) -> convolution(tf, x, of, "NHWC"));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void conv2d_channelsFirst_agreesWithChannelsLast(Case of) {
    Layouts.assumeChannelsFirst();
    Derivatives.agree(
        Derivatives.of(TFloat32.class, 3, of.shapes(), (tf, x) -> convolution(tf, x, of, "NCHW")),
        Derivatives.of(TFloat64.class, 3, of.shapes(), (tf, x) -> convolution(tf, x, of, "NHWC")),
        1e-5);
  }

  @ParameterizedTest
  @MethodSource("depthwise")
  void depthwise_toThirdOrder_agreesWithCentralDifferences(Case of) {
    Derivatives.check(3, of.shapes(), (tf, x) -> depthwise(tf, x, of, "NHWC"));
  }

  static Stream<Case> channelsFirstDepthwise() {
    return depthwise().filter(of -> !of.padding().equals("EXPLICIT"));
  }

  @ParameterizedTest
  @MethodSource("channelsFirstDepthwise")
  void depthwise_channelsFirst_agreesWithChannelsLast(Case of) {
    Layouts.assumeChannelsFirst();
    Derivatives.agree(
        Derivatives.of(TFloat32.class, 3, of.shapes(), (tf, x) -> depthwise(tf, x, of, "NCHW")),
        Derivatives.of(TFloat64.class, 3, of.shapes(), (tf, x) -> depthwise(tf, x, of, "NHWC")),
        1e-5);
  }

  /** TensorFlow's gradient of the convolution forgets explicit padding; these do not. */
  @Test
  void backwardPasses_explicitPadding_agreeWithCentralDifferences() {
    Shape input = Shape.of(1, 4, 4, 2);
    Shape filter = Shape.of(2, 3, 2, 2);
    Shape output = Shape.of(1, 6, 3, 2);
    Derivatives.check(
        1,
        List.of(input, output),
        (tf, x) ->
            tf.nn.conv2dBackpropFilter(
                x.get(0),
                tf.constant(new int[] {2, 3, 2, 2}),
                x.get(1),
                strides(1, 1),
                "EXPLICIT",
                Conv2dBackpropFilter.explicitPaddings(EXPLICIT)));
    Derivatives.check(
        1,
        List.of(filter, output),
        (tf, x) ->
            tf.nn.conv2dBackpropInput(
                tf.constant(new int[] {1, 4, 4, 2}),
                x.get(0),
                x.get(1),
                strides(1, 1),
                "EXPLICIT",
                Conv2dBackpropInput.explicitPaddings(EXPLICIT)));
  }

  @Test
  void backpropFilter_everyAttribute_isKept() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
      Placeholder<TFloat32> upstream = tf.placeholder(TFloat32.class);
      Operand<TFloat32> y =
          tf.nn.conv2dBackpropFilter(
              x,
              tf.constant(new int[] {2, 2, 3, 4}),
              upstream,
              List.of(1L, 1L, 2L, 3L),
              "EXPLICIT",
              Conv2dBackpropFilter.dataFormat("NCHW"),
              Conv2dBackpropFilter.dilations(List.of(1L, 1L, 2L, 2L)),
              Conv2dBackpropFilter.explicitPaddings(List.of(0L, 0L, 0L, 0L, 1L, 2L, 3L, 4L)));
      Operand<TFloat32> sum = tf.reduceSum(y, tf.constant(new int[] {0, 1, 2, 3}));
      Gradients.of(tf, graph, sum, List.of(x, upstream));
      for (String type : List.of("Conv2D", "Conv2DBackpropInput")) {
        GraphOperation emitted = first(graph, type);
        assertThat(emitted.attributes().getAttrString("data_format")).isEqualTo("NCHW");
        assertThat(emitted.attributes().getAttrString("padding")).isEqualTo("EXPLICIT");
        assertThat(emitted.attributes().getAttrIntList("strides")).containsExactly(1, 1, 2, 3);
        assertThat(emitted.attributes().getAttrIntList("dilations")).containsExactly(1, 1, 2, 2);
        assertThat(emitted.attributes().getAttrIntList("explicit_paddings"))
            .containsExactly(0, 0, 0, 0, 1, 2, 3, 4);
      }
    }
  }

  @Test
  void depthwiseBackwardPasses_everyAttribute_isKept() {
    for (String type :
        List.of("DepthwiseConv2dNativeBackpropInput", "DepthwiseConv2dNativeBackpropFilter")) {
      try (Graph graph = new Graph()) {
        Ops tf = Ops.create(graph);
        boolean byInput = type.endsWith("Input");
        Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
        Placeholder<TFloat32> upstream = tf.placeholder(TFloat32.class);
        Operand<?> sizes = tf.constant(byInput ? new int[] {1, 3, 9, 9} : new int[] {2, 2, 3, 1});
        Operand<TFloat32> y =
            tf.scope()
                .opBuilder(type, type)
                .addInput((byInput ? sizes : x).asOutput())
                .addInput((byInput ? x : sizes).asOutput())
                .addInput(upstream.asOutput())
                .setAttr("strides", new long[] {1, 1, 2, 2})
                .setAttr("padding", "EXPLICIT")
                .setAttr("explicit_paddings", new long[] {0, 0, 0, 0, 1, 2, 3, 4})
                .setAttr("data_format", "NCHW")
                .setAttr("dilations", new long[] {1, 1, 3, 3})
                .build()
                .output(0);
        Operand<TFloat32> sum = tf.reduceSum(y, tf.constant(new int[] {0, 1, 2, 3}));
        Gradients.of(tf, graph, sum, List.of(x, upstream));
        for (String emitted :
            List.of(
                "DepthwiseConv2dNative",
                byInput
                    ? "DepthwiseConv2dNativeBackpropFilter"
                    : "DepthwiseConv2dNativeBackpropInput")) {
          OperationAttributeInspector attributes = first(graph, emitted).attributes();
          assertThat(attributes.getAttrString("data_format")).isEqualTo("NCHW");
          assertThat(attributes.getAttrString("padding")).isEqualTo("EXPLICIT");
          assertThat(attributes.getAttrIntList("strides")).containsExactly(1, 1, 2, 2);
          assertThat(attributes.getAttrIntList("dilations")).containsExactly(1, 1, 3, 3);
          assertThat(attributes.getAttrIntList("explicit_paddings"))
              .containsExactly(0, 0, 0, 0, 1, 2, 3, 4);
        }
      }
    }
  }

  @Test
  void conv2d_withDilationsOrExplicitPadding_isRefused() {
    assertRefused("SAME", Conv2d.dilations(List.of(1L, 2L, 2L, 1L)), "dilations");
    assertRefused("EXPLICIT", Conv2d.explicitPaddings(EXPLICIT), "explicit padding");
  }

  private static void assertRefused(String padding, Conv2d.Options option, String left) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> x = tf.placeholder(TFloat64.class);
      Placeholder<TFloat64> filter = tf.placeholder(TFloat64.class);
      Operand<TFloat64> y =
          tf.withName("wide").nn.conv2d(x, filter, strides(1, 1), padding, option);
      Operand<TFloat64> sum = tf.reduceSum(y, tf.constant(new int[] {0, 1, 2, 3}));
      assertThatThrownBy(() -> Gradients.of(tf, graph, sum, List.of(filter)))
          .isInstanceOf(MissingGradientException.class)
          .hasMessageContaining("wide: the gradient leaves out " + left)
          .hasMessageContaining("Conv2D");
    }
  }

  private static <T extends TNumber> Operand<T> convolution(
      Ops tf, List<Operand<T>> x, Case of, String layout) {
    Operand<T> y =
        tf.nn.conv2d(
            Layouts.to(tf, x.get(0), layout),
            x.get(1),
            Layouts.to(of.strides(), layout),
            of.padding(),
            Conv2d.dataFormat(layout));
    return Layouts.from(tf, y, layout);
  }

  private static <T extends TNumber> Operand<T> depthwise(
      Ops tf, List<Operand<T>> x, Case of, String layout) {
    Operand<T> y =
        tf.nn.depthwiseConv2dNative(
            Layouts.to(tf, x.get(0), layout),
            x.get(1),
            Layouts.to(of.strides(), layout),
            of.padding(),
            DepthwiseConv2dNative.dataFormat(layout),
            DepthwiseConv2dNative.explicitPaddings(
                of.padding().equals("EXPLICIT") ? EXPLICIT : List.of()));
    return Layouts.from(tf, y, layout);
  }

  private static List<Long> strides(long height, long width) {
    return List.of(1L, height, width, 1L);
  }

  private static GraphOperation first(Graph graph, String type) {
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation operation = all.next();
      if (operation.type().equals(type)) {
        return operation;
      }
    }
    throw new AssertionError("no " + type);
  }
}
