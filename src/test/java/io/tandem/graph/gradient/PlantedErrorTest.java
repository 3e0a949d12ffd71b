package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.op.OpGradient;
import io.tandem.testing.Derivatives;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.op.nn.BiasAdd;
import org.tensorflow.types.TFloat64;

/**
 * The comparison with central differences is worth what it notices: in every gradient function of
 * the registry, every derivative that it returns is in turn made wrong by one part in a thousand,
 * and the comparison must fail.
 */
class PlantedErrorTest {
  private static final Shape VECTOR = Shape.of(4);
  private static final Shape MATRIX = Shape.of(2, 3);
  private static final Shape IMAGE = Shape.of(1, 3, 3, 2);
  private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);
  private static final List<Long> WINDOW = List.of(1L, 2L, 2L, 1L);

  /** They return no derivative, so there is none to make wrong. */
  private static final Set<String> WITHOUT =
      Set.of(
          "OnesLike",
          "StatelessRandomNormal",
          "StatelessRandomNormalV2",
          "StatelessRandomUniform",
          "StatelessRandomUniformV2",
          "StatelessTruncatedNormal",
          "StatelessTruncatedNormalV2");

  private record Exercise(String type, Runnable check) {
    Exercise(String type, int orders, List<Shape> shapes, Derivatives.Function<TFloat64> function) {
      this(type, () -> Derivatives.check(orders, shapes, function));
    }

    boolean passes() {
      try {
        check.run();
        return true;
      } catch (AssertionError noticed) {
        return false;
      }
    }

    @Override
    public String toString() {
      return type;
    }
  }

  static Stream<Exercise> exercises() {
    return Stream.of(curves(), arithmetic(), places(), windows(), branches()).flatMap(all -> all);
  }

  private static Exercise curve(String type, Derivatives.Function<TFloat64> function) {
    return new Exercise(type, 2, List.of(VECTOR), function);
  }

  private static Stream<Exercise> curves() {
    return Stream.of(
        curve("ReluGrad", (tf, x) -> tf.nn.relu(x.get(0))),
        curve("Relu6Grad", (tf, x) -> tf.nn.relu6(x.get(0))),
        curve("EluGrad", (tf, x) -> tf.nn.elu(x.get(0))),
        curve("SeluGrad", (tf, x) -> tf.nn.selu(x.get(0))),
        curve("SoftplusGrad", (tf, x) -> tf.math.softplus(x.get(0))),
        curve("SoftsignGrad", (tf, x) -> tf.nn.softsign(x.get(0))),
        curve("TanhGrad", (tf, x) -> tf.math.tanh(x.get(0))),
        curve("SigmoidGrad", (tf, x) -> tf.math.sigmoid(x.get(0))),
        curve("SqrtGrad", (tf, x) -> tf.math.sqrt(away(tf, x.get(0)))),
        curve("RsqrtGrad", (tf, x) -> tf.math.rsqrt(away(tf, x.get(0)))),
        curve("ReciprocalGrad", (tf, x) -> tf.math.reciprocal(away(tf, x.get(0)))),
        curve("Digamma", (tf, x) -> tf.math.lgamma(away(tf, x.get(0)))),
        new Exercise(
            "Polygamma", 3, List.of(VECTOR), (tf, x) -> tf.math.lgamma(away(tf, x.get(0)))));
  }

  private static Stream<Exercise> arithmetic() {
    return Stream.of(
        new Exercise(
            "InvGrad",
            1,
            List.of(VECTOR, VECTOR),
            (tf, x) ->
                tf.scope()
                    .opBuilder("InvGrad", "InvGrad")
                    .addInput(x.get(0).asOutput())
                    .addInput(x.get(1).asOutput())
                    .build()
                    .output(0)),
        new Exercise("FusedBatchNormGradV3", BatchNormGradientsTest::compareFused),
        new Exercise(
            "MulNoNan",
            1,
            List.of(MATRIX, MATRIX),
            (tf, x) -> tf.math.mulNoNan(x.get(0), x.get(1))),
        new Exercise(
            "Xdivy",
            1,
            List.of(MATRIX, MATRIX),
            (tf, x) -> tf.math.xdivy(x.get(0), away(tf, x.get(1)))),
        new Exercise(
            "Xlogy",
            1,
            List.of(MATRIX, MATRIX),
            (tf, x) -> tf.math.xlogy(x.get(0), away(tf, x.get(1)))),
        new Exercise(
            "BiasAddGrad",
            2,
            List.of(MATRIX, Shape.of(3)),
            (tf, x) -> tf.nn.biasAdd(x.get(0), x.get(1))),
        new Exercise(
            "BiasAddGrad",
            2,
            List.of(IMAGE, Shape.of(3)),
            (tf, x) -> tf.nn.biasAdd(x.get(0), x.get(1), BiasAdd.dataFormat("NCHW"))),
        new Exercise(
            "IdentityN",
            2,
            List.of(Shape.of(2, 4), Shape.of(2, 1)),
            (tf, x) -> LstmStep.of(tf, x.get(0), x.get(1)).hidden()),
        new Exercise(
            "IdentityN",
            2,
            List.of(Shape.of(2, 3), Shape.of(4, 3), Shape.of(4)),
            (tf, x) ->
                WordCrossEntropy.of(
                        tf,
                        x.get(0),
                        x.get(1),
                        x.get(2),
                        tf.constant(new int[] {2, 0}),
                        Precision.FLOAT32)
                    .losses()),
        new Exercise(
            "SparseSoftmaxCrossEntropyWithLogits",
            1,
            List.of(MATRIX),
            (tf, x) ->
                tf.nn
                    .sparseSoftmaxCrossEntropyWithLogits(x.get(0), tf.constant(new int[] {2, 0}))
                    .loss()));
  }

  private static Stream<Exercise> places() {
    return Stream.of(
        new Exercise(
            "ResourceGather",
            () ->
                new GatherScatterGradientsTest()
                    .resourceGather_toSecondOrder_isTheDenseDerivative()),
        new Exercise(
            "Gather",
            3,
            List.of(MATRIX),
            (tf, x) ->
                tf.math.unsortedSegmentSum(
                    x.get(0), tf.constant(new int[] {1, 0}), tf.constant(2))),
        new Exercise(
            "TensorScatterUpdate",
            1,
            List.of(MATRIX, Shape.of(1)),
            (tf, x) ->
                tf.tensorScatterNdUpdate(x.get(0), tf.constant(new int[][] {{1, 2}}), x.get(1))),
        new Exercise(
            "StridedSliceGrad",
            2,
            List.of(MATRIX),
            (tf, x) ->
                tf.stridedSlice(
                    x.get(0),
                    tf.constant(new int[] {0, 1}),
                    tf.constant(new int[] {2, 3}),
                    tf.constant(new int[] {1, 1}))));
  }

  private static Stream<Exercise> windows() {
    List<Shape> convolved = List.of(IMAGE, Shape.of(2, 2, 2, 1));
    return Stream.of(
        new Exercise(
            "Conv2DBackpropFilter",
            2,
            convolved,
            (tf, x) -> tf.nn.conv2d(x.get(0), x.get(1), ONES, "SAME")),
        new Exercise(
            "DepthwiseConv2dNativeBackpropInput",
            2,
            convolved,
            (tf, x) -> tf.nn.depthwiseConv2dNative(x.get(0), x.get(1), ONES, "SAME")),
        new Exercise(
            "DepthwiseConv2dNativeBackpropFilter",
            2,
            convolved,
            (tf, x) -> tf.nn.depthwiseConv2dNative(x.get(0), x.get(1), ONES, "SAME")),
        new Exercise(
            "AvgPoolGrad",
            2,
            List.of(IMAGE),
            (tf, x) -> tf.nn.avgPool(x.get(0), WINDOW, ONES, "SAME")),
        new Exercise("MaxPoolGrad", 2, List.of(IMAGE), PlantedErrorTest::maxPool),
        new Exercise("MaxPoolGradV2", 2, List.of(IMAGE), PlantedErrorTest::maxPoolV2));
  }

  private static Stream<Exercise> branches() {
    return Stream.of(
        new Exercise("_SwitchN", 1, List.of(VECTOR), PlantedErrorTest::lazy),
        new Exercise("Merge", 1, List.of(VECTOR), PlantedErrorTest::lazy),
        new Exercise(
            "Switch",
            1,
            List.of(VECTOR),
            (tf, x) -> {
              SwitchCond<TFloat64> ways =
                  SwitchCond.create(tf.scope(), x.get(0), tf.identity(tf.constant(true)));
              return tf.reshape(
                  tf.merge(List.of(tf.math.exp(ways.outputFalse()), ways.outputTrue())).output(),
                  tf.constant(new int[] {4}));
            }));
  }

  @Test
  void exercises_together_coverEveryGradient() {
    Set<String> exercised = new HashSet<>(WITHOUT);
    exercises().forEach(exercise -> exercised.add(exercise.type()));
    assertThat(exercised).isEqualTo(GradientRegistry.types());
  }

  @ParameterizedTest
  @MethodSource("exercises")
  void comparison_wrongDerivative_fails(Exercise exercise) {
    assertThat(exercise.passes()).as("without error").isTrue();
    int derivatives = 1;
    for (int wrong = 0; wrong < derivatives; wrong++) {
      OpGradient right = GradientRegistry.gradient(exercise.type());
      Planted planted = new Planted(right, wrong);
      GradientRegistry.exchange(exercise.type(), planted);
      try {
        assertThat(exercise.passes()).as("with derivative %d wrong", wrong).isFalse();
      } finally {
        GradientRegistry.exchange(exercise.type(), right);
      }
      derivatives = planted.derivatives();
    }
    assertThat(derivatives).isPositive();
  }

  /** Every branch runs once, so that an error in the derivative of any is felt. */
  private static Operand<TFloat64> lazy(Ops tf, List<Operand<TFloat64>> x) {
    List<Operand<TFloat64>> chosen = new ArrayList<>();
    for (int branch = 0; branch < 3; branch++) {
      chosen.add(
          LazyBranches.select(
              tf,
              tf.identity(tf.constant(branch)),
              x.get(0),
              List.of(tf.math::square, tf.math::tanh, tf.math::exp)));
    }
    return tf.reshape(tf.math.addN(chosen), tf.constant(new int[] {4}));
  }

  private static Operand<TFloat64> maxPool(Ops tf, List<Operand<TFloat64>> x) {
    return tf.scope()
        .opBuilder("MaxPool", "MaxPool")
        .addInput(x.get(0).asOutput())
        .setAttr("ksize", new long[] {1, 2, 2, 1})
        .setAttr("strides", new long[] {1, 1, 1, 1})
        .setAttr("padding", "SAME")
        .build()
        .output(0);
  }

  private static Operand<TFloat64> maxPoolV2(Ops tf, List<Operand<TFloat64>> x) {
    return tf.nn.maxPool(
        x.get(0), tf.constant(new int[] {1, 2, 2, 1}), tf.constant(new int[] {1, 1, 1, 1}), "SAME");
  }

  /** Numbers from 0.5 to 2.5. */
  private static Operand<TFloat64> away(Ops tf, Operand<TFloat64> x) {
    return tf.math.add(x, tf.constant(1.5));
  }
}
