package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.testing.Derivatives;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * TensorFlow has gradients for what moves, joins, multiplies and sums tensors; that they are right
 * and can be differentiated again is not a matter of course.
 */
class StructureGradientsTest {
  private static final Shape MATRIX = Shape.of(3, 4);
  private static final Shape CUBE = Shape.of(2, 3, 4);

  private record Case(String name, List<Shape> shapes, Derivatives.Function<TFloat64> function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(joins(), moves(), products(), reductions(), curves()).flatMap(all -> all);
  }

  private static Stream<Case> joins() {
    return Stream.of(
        new Case(
            "concat",
            List.of(MATRIX, Shape.of(3, 2)),
            (tf, x) -> tf.concat(List.of(x.get(0), x.get(1), x.get(0)), tf.constant(1))),
        new Case(
            "stack",
            List.of(MATRIX, MATRIX),
            (tf, x) -> tf.stack(List.of(x.get(0), tf.math.mul(x.get(0), x.get(1))))),
        new Case(
            "unstack",
            List.of(MATRIX),
            (tf, x) -> {
              List<? extends Operand<TFloat64>> rows = tf.unstack(x.get(0), 3L).output();
              return tf.math.mul(rows.get(0), rows.get(2));
            }),
        new Case(
            "split",
            List.of(MATRIX),
            (tf, x) -> {
              List<? extends Operand<TFloat64>> halves =
                  tf.split(tf.constant(1), x.get(0), 2L).output();
              return tf.math.mul(halves.get(0), tf.math.exp(halves.get(1)));
            }),
        new Case(
            "unequal split",
            List.of(MATRIX),
            (tf, x) -> {
              List<? extends Operand<TFloat64>> parts =
                  tf.splitV(x.get(0), tf.constant(new int[] {1, 3}), tf.constant(1), 2L).output();
              return tf.math.mul(parts.get(0), parts.get(1));
            }),
        new Case(
            "sum of many",
            List.of(MATRIX, MATRIX),
            (tf, x) -> tf.math.addN(List.of(x.get(0), x.get(1), x.get(0)))));
  }

  private static Stream<Case> moves() {
    return Stream.of(
        new Case(
            "transpose",
            List.of(CUBE),
            (tf, x) -> tf.linalg.transpose(x.get(0), tf.constant(new int[] {2, 0, 1}))),
        new Case(
            "tile", List.of(MATRIX), (tf, x) -> tf.tile(x.get(0), tf.constant(new int[] {2, 3}))),
        new Case(
            "pad with zeros",
            List.of(MATRIX),
            (tf, x) ->
                tf.scope()
                    .opBuilder("Pad", "Pad")
                    .addInput(x.get(0).asOutput())
                    .addInput(tf.constant(new int[][] {{0, 1}, {2, 0}}).asOutput())
                    .build()
                    .output(0)),
        new Case(
            "mirror pad",
            List.of(MATRIX),
            (tf, x) ->
                tf.mirrorPad(x.get(0), tf.constant(new int[][] {{1, 1}, {2, 0}}), "REFLECT")),
        new Case(
            "reverse",
            List.of(MATRIX),
            (tf, x) -> tf.reverse(x.get(0), tf.constant(new int[] {1}))),
        new Case(
            "roll",
            List.of(MATRIX),
            (tf, x) -> tf.roll(x.get(0), tf.constant(new int[] {1}), tf.constant(new int[] {1}))),
        new Case(
            "squeeze",
            List.of(Shape.of(3, 1, 2)),
            (tf, x) -> tf.expandDims(tf.squeeze(x.get(0)), tf.constant(0))),
        new Case(
            "broadcast",
            List.of(Shape.of(3, 1)),
            (tf, x) -> tf.broadcastTo(x.get(0), tf.constant(new int[] {2, 3, 4}))),
        new Case(
            "space to depth",
            List.of(Shape.of(1, 4, 2, 1)),
            (tf, x) -> tf.nn.spaceToDepth(x.get(0), 2L)));
  }

  private static Stream<Case> products() {
    return Stream.of(
        new Case(
            "matMul",
            List.of(MATRIX, Shape.of(2, 4)),
            (tf, x) ->
                tf.linalg.matMul(
                    x.get(0), x.get(1), org.tensorflow.op.linalg.MatMul.transposeB(true))),
        new Case(
            "batch matMul, broadcast",
            List.of(CUBE, Shape.of(4, 2)),
            (tf, x) -> tf.train.batchMatMul(x.get(0), x.get(1), TFloat64.class)),
        new Case(
            "einsum",
            List.of(CUBE, Shape.of(4, 3)),
            (tf, x) -> tf.linalg.einsum(List.of(x.get(0), x.get(1)), "bij,jk->bki")),
        new Case(
            "einsum with a trace over a shared axis",
            List.of(CUBE, CUBE),
            (tf, x) -> tf.linalg.einsum(List.of(x.get(0), x.get(1)), "bij,bij->bj")),
        new Case(
            "broadcast quotient",
            List.of(CUBE, Shape.of(3, 1)),
            (tf, x) -> tf.math.div(x.get(0), away(tf, x.get(1)))),
        new Case(
            "broadcast quotient, zero where it divides by zero",
            List.of(CUBE, Shape.of(3, 1)),
            (tf, x) -> tf.math.divNoNan(x.get(0), away(tf, x.get(1)))));
  }

  private static Stream<Case> reductions() {
    return Stream.of(
        new Case(
            "mean",
            List.of(CUBE),
            (tf, x) -> tf.math.mean(x.get(0), tf.constant(new int[] {0, 2}))),
        new Case("maximum", List.of(CUBE), (tf, x) -> tf.max(x.get(0), tf.constant(1))),
        new Case("minimum", List.of(CUBE), (tf, x) -> tf.min(x.get(0), tf.constant(2))),
        new Case(
            "cumulative sum",
            List.of(MATRIX),
            (tf, x) ->
                tf.math.cumsum(
                    x.get(0), tf.constant(1), Cumsum.exclusive(true), Cumsum.reverse(true))),
        new Case(
            "sum by segment",
            List.of(MATRIX),
            (tf, x) ->
                tf.math.unsortedSegmentSum(
                    x.get(0), tf.constant(new int[] {1, 0, 1}), tf.constant(3))),
        new Case(
            "norm",
            List.of(MATRIX),
            (tf, x) ->
                tf.math.sqrt(tf.reduceSum(tf.math.square(x.get(0)), tf.constant(new int[] {1})))),
        new Case(
            "half the squared norm",
            List.of(MATRIX),
            (tf, x) -> tf.reshape(tf.nn.l2Loss(x.get(0)), tf.constant(new int[] {1}))));
  }

  private static Stream<Case> curves() {
    return Stream.of(
        new Case("softmax", List.of(CUBE), (tf, x) -> tf.nn.softmax(x.get(0))),
        new Case("logSoftmax", List.of(MATRIX), (tf, x) -> tf.nn.logSoftmax(x.get(0))),
        new Case(
            "maximum of two",
            List.of(CUBE, MATRIX),
            (tf, x) -> tf.math.maximum(x.get(0), x.get(1))),
        new Case(
            "minimum of two",
            List.of(CUBE, MATRIX),
            (tf, x) -> tf.math.minimum(x.get(0), x.get(1))),
        new Case(
            "clip",
            List.of(MATRIX),
            (tf, x) -> tf.clipByValue(x.get(0), tf.constant(-0.5), tf.constant(0.6))),
        new Case(
            "power",
            List.of(MATRIX, Shape.of(4)),
            (tf, x) -> tf.math.pow(away(tf, x.get(0)), x.get(1))),
        new Case(
            "squared difference",
            List.of(CUBE, MATRIX),
            (tf, x) -> tf.math.squaredDifference(x.get(0), x.get(1))),
        new Case("error function", List.of(MATRIX), (tf, x) -> tf.math.erf(x.get(0))),
        new Case("log gamma", List.of(MATRIX), (tf, x) -> tf.math.lgamma(away(tf, x.get(0)))),
        new Case("absolute value", List.of(MATRIX), (tf, x) -> tf.math.abs(x.get(0))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void operation_toThirdOrder_agreesWithCentralDifferences(Case of) {
    Derivatives.check(3, of.shapes(), of.function());
  }

  /** TensorFlow sums along the second axis, whichever is the last. */
  @Test
  void logSoftmax_threeAxes_isRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> x = tf.placeholder(TFloat64.class, Placeholder.shape(CUBE));
      Operand<TFloat64> value =
          tf.reduceSum(tf.withName("deep").nn.logSoftmax(x), tf.constant(new int[] {0, 1, 2}));
      assertThatThrownBy(() -> Gradients.of(tf, graph, value, List.of(x)))
          .isInstanceOf(MissingGradientException.class)
          .hasMessageContaining("deep: the gradient is right for two axes only");
    }
  }

  /** TensorFlow's gradient of this operation is for float32 only. */
  @Test
  void softCrossEntropy_byLogits_agreesWithElementaryOperations() {
    Derivatives.agree(
        Derivatives.of(
            TFloat32.class,
            3,
            List.of(MATRIX),
            (tf, x) ->
                SoftmaxCrossEntropyWithLogits.create(
                        tf.scope(), x.get(0), labels(tf, TFloat32.class))
                    .loss()),
        Derivatives.of(
            TFloat64.class,
            3,
            List.of(MATRIX),
            (tf, x) ->
                tf.math.neg(
                    tf.reduceSum(
                        tf.math.mul(labels(tf, TFloat64.class), tf.nn.logSoftmax(x.get(0))),
                        tf.constant(1)))),
        1e-5);
  }

  /** The first derivative by the labels is right, but it is left out of that by the logits. */
  @Test
  void softCrossEntropy_byLabelsToSecondOrder_isRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> logits = tf.placeholder(TFloat32.class, Placeholder.shape(MATRIX));
      Placeholder<TFloat32> labels = tf.placeholder(TFloat32.class, Placeholder.shape(MATRIX));
      Operand<TFloat32> loss =
          tf.reduceSum(
              SoftmaxCrossEntropyWithLogits.create(tf.scope(), logits, labels).loss(),
              tf.constant(0));
      assertThat(Gradients.of(tf, graph, loss, List.of(labels))).hasSize(1);
      Operand<TFloat32> byLogits = Gradients.of(tf, graph, loss, List.of(logits)).get(0);
      Operand<TFloat32> value =
          tf.reduceSum(tf.math.square(byLogits), tf.constant(new int[] {0, 1}));
      assertThat(Gradients.of(tf, graph, value, List.of(logits))).hasSize(1);
      assertThatThrownBy(() -> Gradients.of(tf, graph, value, List.of(labels)))
          .isInstanceOf(MissingGradientException.class)
          .hasMessageContaining("second derivatives by the labels");
    }
  }

  private static <T extends TNumber> Operand<T> labels(Ops tf, Class<T> type) {
    double[][] scores = {{0.5, 1, -1, 0.2}, {2, 1, 0, 0.3}, {-1, 0.4, 0.1, 1}};
    return tf.dtypes.cast(tf.nn.softmax(tf.constant(scores)), type);
  }

  /** Numbers from 0.5 to 2.5. */
  private static Operand<TFloat64> away(Ops tf, Operand<TFloat64> x) {
    return tf.math.add(x, tf.constant(1.5));
  }
}
