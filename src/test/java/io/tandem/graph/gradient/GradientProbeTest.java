package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/** The coverage that {@code describe} prints is what a user relies on before a long search. */
class GradientProbeTest {
  private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);

  @Test
  void of_operations_isWhatTheirGradientsAre() {
    Map<GradientCoverage, List<BiFunction<Ops, Operand<TFloat32>, Operand<?>>>> expected =
        Map.of(
            GradientCoverage.SECOND,
            List.of(
                (tf, x) -> tf.math.tanh(x),
                (tf, x) -> tf.math.add(x, x),
                (tf, x) -> tf.nn.conv2d(x, x, ONES, "SAME"),
                (tf, x) -> tf.nn.depthwiseConv2dNative(x, x, ONES, "SAME"),
                (tf, x) -> tf.nn.avgPool(x, ONES, ONES, "SAME"),
                (tf, x) -> tf.reshape(x, tf.constant(new int[] {-1})),
                (tf, x) -> tf.gather(x, tf.constant(0), tf.constant(0)),
                (tf, x) -> tf.concat(List.of(x, x), tf.constant(0))),
            GradientCoverage.FIRST,
            List.of(
                (tf, x) -> tf.prod(x, tf.constant(0)),
                (tf, x) -> tf.nn.localResponseNormalization(x)),
            GradientCoverage.NONE,
            List.of(
                (tf, x) -> tf.linalg.inv(x),
                (tf, x) -> tf.math.cumprod(x, tf.constant(0)),
                (tf, x) ->
                    tf.nn.conv2d(x, x, ONES, "SAME", Conv2d.dilations(List.of(1L, 2L, 2L, 1L)))),
            GradientCoverage.NOT_NEEDED,
            List.of(
                (tf, x) -> tf.math.argMax(x, tf.constant(0)),
                (tf, x) -> tf.shape(x),
                (tf, x) -> tf.math.greater(x, x),
                (tf, x) -> tf.stopGradient(x),
                (tf, x) -> tf.zerosLike(x),
                (tf, x) -> tf.constant(2f),
                (tf, x) -> tf.math.add(tf.constant(1), tf.constant(2)),
                (tf, x) -> {
                  Variable<TFloat32> variable = tf.variable(Shape.of(2), TFloat32.class);
                  return tf.assign(variable, tf.constant(new float[] {1, 2}));
                }));
    expected.forEach(
        (coverage, operations) ->
            operations.forEach(operation -> assertThat(probe(operation)).isEqualTo(coverage)));
  }

  @Test
  void of_readOfAVariable_isCovered() {
    assertThat(
            probe(
                (tf, x) -> {
                  Variable<TFloat32> variable = tf.variable(Shape.of(2), TFloat32.class);
                  return tf.math.mul(variable, tf.constant(2f));
                }))
        .isEqualTo(GradientCoverage.SECOND);
  }

  @Test
  void of_branches_areCovered() {
    assertThat(
            probe(
                (tf, x) ->
                    LazyBranches.select(
                        tf, tf.constant(1), x, List.of(tf.math::square, tf.math::tanh))))
        .isEqualTo(GradientCoverage.SECOND);
  }

  private static GradientCoverage probe(BiFunction<Ops, Operand<TFloat32>, Operand<?>> operation) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(2, 2, 2, 2)));
      GraphOperation probed = graph.operationOrThrow(operation.apply(tf, x).asOutput().op().name());
      for (NodeDef definition : graph.toGraphDef().getNodeList()) {
        if (definition.getName().equals(probed.name())) {
          return GradientProbe.of(probed, definition);
        }
      }
      throw new AssertionError(probed.name());
    }
  }
}
