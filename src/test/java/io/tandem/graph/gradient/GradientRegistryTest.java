package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.BiasAdd;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Hypergradients are second derivatives through every operation of a network: each must agree with
 * central differences, to third order.
 */
class GradientRegistryTest {
  private record Case(String name, BiFunction<Ops, Operand<TFloat64>, Operand<TFloat64>> build) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Map<String, BiFunction<Ops, Operand<TFloat64>, Operand<TFloat64>>> all =
        Map.ofEntries(
            Map.entry("relu", (tf, x) -> tf.math.mul(tf.nn.relu(x), cube(tf, x))),
            Map.entry(
                "relu6", (tf, x) -> tf.math.mul(tf.nn.relu6(tf.math.mul(x, tf.constant(10.0))), x)),
            Map.entry(
                "leaky relu",
                (tf, x) -> tf.math.mul(tf.nn.leakyRelu(x, LeakyRelu.alpha(0.3f)), cube(tf, x))),
            Map.entry("elu", (tf, x) -> tf.math.mul(tf.nn.elu(x), x)),
            Map.entry("selu", (tf, x) -> tf.math.mul(tf.nn.selu(x), x)),
            Map.entry("softplus", (tf, x) -> tf.math.mul(tf.math.softplus(x), x)),
            Map.entry("softsign", (tf, x) -> tf.math.mul(tf.nn.softsign(x), x)),
            Map.entry("tanh", (tf, x) -> tf.math.mul(tf.math.tanh(x), x)),
            Map.entry("sigmoid", (tf, x) -> tf.math.mul(tf.math.sigmoid(x), x)),
            Map.entry("sqrt", (tf, x) -> tf.math.sqrt(positive(tf, x))),
            Map.entry("rsqrt", (tf, x) -> tf.math.rsqrt(positive(tf, x))),
            Map.entry("reciprocal", (tf, x) -> tf.math.reciprocal(positive(tf, x))),
            Map.entry("mulNoNan", (tf, x) -> tf.math.mulNoNan(row(tf, x), matrix(tf, cube(tf, x)))),
            Map.entry("xdivy", (tf, x) -> tf.math.xdivy(row(tf, x), matrix(tf, positive(tf, x)))),
            Map.entry("xlogy", (tf, x) -> tf.math.xlogy(row(tf, x), matrix(tf, positive(tf, x)))),
            Map.entry("onesLike", (tf, x) -> tf.math.mul(cube(tf, x), tf.onesLike(tf.math.exp(x)))),
            Map.entry("biasAdd", (tf, x) -> cube(tf, tf.nn.biasAdd(matrix(tf, x), row(tf, x)))),
            Map.entry(
                "stridedSlice",
                (tf, x) ->
                    cube(
                        tf,
                        tf.stridedSlice(
                            matrix(tf, x),
                            tf.constant(new int[] {0, 1}),
                            tf.constant(new int[] {2, 3}),
                            tf.constant(new int[] {1, 1})))),
            Map.entry(
                "slice with sizes known at run time",
                (tf, x) -> {
                  Operand<TInt32> size = tf.math.sub(tf.shape(matrix(tf, x)), tf.constant(1));
                  return cube(tf, tf.slice(matrix(tf, x), tf.zerosLike(size), size));
                }),
            Map.entry(
                "pad",
                (tf, x) ->
                    cube(
                        tf,
                        tf.pad(
                            matrix(tf, x),
                            tf.constant(new int[][] {{0, 1}, {2, 0}}),
                            tf.constant(0.5)))),
            Map.entry(
                "matMul",
                (tf, x) ->
                    cube(
                        tf,
                        tf.linalg.matMul(
                            matrix(tf, x), matrix(tf, cube(tf, x)), MatMul.transposeB(true)))),
            Map.entry(
                "gather",
                (tf, x) ->
                    cube(tf, tf.gather(x, tf.constant(new int[] {1, 1, 4}), tf.constant(0)))),
            Map.entry(
                "select",
                (tf, x) ->
                    tf.select(tf.math.greater(x, tf.constant(0.0)), cube(tf, x), tf.math.exp(x))),
            Map.entry(
                "biasAdd, channels first",
                (tf, x) -> {
                  Operand<TFloat64> image = tf.reshape(x, tf.constant(new int[] {1, 2, 1, 3}));
                  Operand<TFloat64> bias =
                      tf.slice(cube(tf, x), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
                  return cube(tf, tf.nn.biasAdd(image, bias, BiasAdd.dataFormat("NCHW")));
                }),
            Map.entry("digamma", (tf, x) -> tf.math.digamma(tf.math.add(x, tf.constant(3.5)))),
            Map.entry(
                "switch",
                (tf, x) -> {
                  SwitchCond<TFloat64> ways =
                      SwitchCond.create(tf.scope(), x, tf.identity(tf.constant(true)));
                  return tf.reshape(
                      tf.merge(
                              List.of(tf.math.exp(ways.outputFalse()), cube(tf, ways.outputTrue())))
                          .output(),
                      tf.constant(new int[] {6}));
                }),
            Map.entry("gelu", GradientRegistryTest::gelu),
            Map.entry(
                "sparse cross entropy",
                (tf, x) ->
                    tf.math.square(
                        tf.nn
                            .sparseSoftmaxCrossEntropyWithLogits(
                                matrix(tf, cube(tf, x)), tf.constant(new int[] {2, 0}))
                            .loss())),
            Map.entry(
                "smoothed cross entropy",
                (tf, x) ->
                    tf.math.square(
                        tf.reduceSum(
                            tf.math.mul(
                                tf.constant(new double[][] {{0.1, 0.1, 0.8}, {0.3, 0.3, 0.4}}),
                                tf.nn.logSoftmax(matrix(tf, cube(tf, x)))),
                            tf.constant(1)))),
            Map.entry(
                "logSoftmax", (tf, x) -> tf.math.square(tf.nn.logSoftmax(matrix(tf, cube(tf, x))))),
            Map.entry(
                "noise of the tensor's shape",
                (tf, x) ->
                    tf.math.mul(
                        cube(tf, x),
                        tf.random.statelessRandomNormal(
                            tf.shape(x), tf.constant(new long[] {1, 2}), TFloat64.class))),
            Map.entry(
                "dropout",
                (tf, x) ->
                    tf.math.mul(
                        cube(tf, x),
                        tf.dtypes.cast(
                            tf.math.greater(
                                tf.random.statelessRandomUniform(
                                    tf.shape(x), tf.constant(new long[] {1, 2}), TFloat64.class),
                                tf.constant(0.5)),
                            TFloat64.class))));
    return all.entrySet().stream().map(entry -> new Case(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void derivatives_toThirdOrder_agreeWithCentralDifferences(Case operation) {
    Derivatives.check(3, List.of(Shape.of(6)), (tf, x) -> operation.build().apply(tf, x.get(0)));
  }

  @Test
  void install_twice_isAccepted() {
    GradientRegistry.install();
    GradientRegistry.install();
    assertThat(GradientRegistry.differentiable("ReluGrad")).isTrue();
    assertThat(GradientRegistry.differentiable("MatMul")).isTrue();
    assertThat(GradientRegistry.differentiable("ArgMax")).isFalse();
  }

  @Test
  void of_unconnectedOrStopped_isZero() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.constant(new double[] {2});
      Operand<TFloat64> y = tf.constant(new double[] {3, 4});
      Operand<TFloat64> stopped = tf.constant(new double[] {5});
      Operand<TFloat64> value = total(tf, tf.math.mul(tf.math.square(x), tf.stopGradient(stopped)));
      List<double[]> derivatives =
          Doubles.fetch(session.runner(), Gradients.of(tf, graph, value, List.of(y, x, stopped)));
      assertThat(derivatives.get(0)).containsExactly(0, 0);
      assertThat(derivatives.get(1)).containsExactly(20);
      assertThat(derivatives.get(2)).containsExactly(0);
    }
  }

  private static Operand<TFloat64> total(Ops tf, Operand<TFloat64> tensor) {
    return tf.reduceSum(tf.reshape(tensor, tf.constant(new int[] {-1})), tf.constant(0));
  }

  private static Operand<TFloat64> cube(Ops tf, Operand<TFloat64> x) {
    return tf.math.mul(x, tf.math.square(x));
  }

  private static Operand<TFloat64> positive(Ops tf, Operand<TFloat64> x) {
    return tf.math.add(tf.math.square(x), tf.constant(0.3));
  }

  private static Operand<TFloat64> matrix(Ops tf, Operand<TFloat64> x) {
    return tf.reshape(x, tf.constant(new int[] {2, 3}));
  }

  private static Operand<TFloat64> row(Ops tf, Operand<TFloat64> x) {
    Operand<TFloat64> head = tf.slice(x, tf.constant(new int[] {0}), tf.constant(new int[] {3}));
    return head;
  }

  private static Operand<TFloat64> gelu(Ops tf, Operand<TFloat64> x) {
    Operand<TFloat64> inner =
        tf.math.mul(
            tf.constant(Math.sqrt(2 / Math.PI)),
            tf.math.add(x, tf.math.mul(tf.constant(0.044715), cube(tf, x))));
    return tf.math.mul(
        tf.math.mul(tf.constant(0.5), x), tf.math.add(tf.constant(1.0), tf.math.tanh(inner)));
  }
}
