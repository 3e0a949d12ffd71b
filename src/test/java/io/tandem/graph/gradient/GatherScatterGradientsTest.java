package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.core.ResourceGather;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Embeddings and slices are read at places; a place read twice gets both derivatives. */
class GatherScatterGradientsTest {
  private record Case(String name, List<Shape> shapes, Derivatives.Function<TFloat64> function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Shape matrix = Shape.of(4, 3);
    return Stream.of(
        new Case(
            "rows, one of them twice",
            List.of(matrix),
            (tf, x) -> tf.gather(x.get(0), tf.constant(new int[] {2, 0, 2}), tf.constant(0))),
        new Case(
            "columns",
            List.of(matrix),
            (tf, x) ->
                tf.gather(x.get(0), tf.constant(new int[][] {{2, 1}, {1, 0}}), tf.constant(1))),
        new Case(
            "by example",
            List.of(matrix),
            (tf, x) ->
                tf.gather(
                    x.get(0),
                    tf.constant(new long[][] {{2, 2}, {1, 0}, {0, 1}, {2, 0}}),
                    tf.constant(1),
                    Gather.batchDims(1L))),
        new Case(
            "elements",
            List.of(matrix),
            (tf, x) -> tf.gatherNd(x.get(0), tf.constant(new int[][] {{3, 1}, {0, 2}, {3, 1}}))),
        new Case(
            "overwritten elements",
            List.of(matrix, Shape.of(2)),
            (tf, x) ->
                tf.tensorScatterNdUpdate(
                    tf.math.mul(x.get(0), x.get(0)),
                    tf.constant(new int[][] {{3, 1}, {0, 2}}),
                    tf.math.exp(x.get(1)))),
        new Case(
            "overwritten rows",
            List.of(matrix, Shape.of(2, 3)),
            (tf, x) ->
                tf.tensorScatterNdUpdate(
                    tf.math.mul(x.get(0), x.get(0)),
                    tf.constant(new long[][] {{3}, {1}}),
                    tf.math.exp(x.get(1)))),
        new Case(
            "every second, backwards",
            List.of(matrix),
            (tf, x) ->
                tf.stridedSlice(
                    x.get(0),
                    tf.constant(new int[] {3, 0}),
                    tf.constant(new int[] {0, 2}),
                    tf.constant(new int[] {-2, 1}))),
        new Case(
            "all masks",
            List.of(Shape.of(3, 2, 3)),
            (tf, x) ->
                tf.stridedSlice(
                    x.get(0),
                    tf.constant(new int[] {1, 0, 0, 1}),
                    tf.constant(new int[] {2, 0, 0, 2}),
                    tf.constant(new int[] {1, 1, 1, 1}),
                    StridedSlice.shrinkAxisMask(1L),
                    StridedSlice.ellipsisMask(2L),
                    StridedSlice.newAxisMask(4L),
                    StridedSlice.beginMask(8L),
                    StridedSlice.endMask(8L))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void read_toThirdOrder_agreesWithCentralDifferences(Case of) {
    Derivatives.check(3, of.shapes(), of.function());
  }

  /** A resource variable is differentiated by its handle; with {@code y = x³}, 3x² and 6x. */
  @Test
  void resourceGather_toSecondOrder_isTheDenseDerivative() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      GradientRegistry.install();
      Ops tf = Ops.create(graph);
      double[][] rows = {{1, 2}, {3, 4}, {5, 6}};
      VarHandleOp variable = tf.varHandleOp(TFloat64.class, Shape.of(3, 2));
      session.run(tf.assignVariableOp(variable, tf.constant(rows)));
      Output<?> handle = variable.asOutput();
      Operand<TFloat64> read =
          tf.resourceGather(variable, tf.constant(new long[] {2, 0, 2}), TFloat64.class);
      Operand<TFloat64> value =
          tf.reduceSum(tf.math.mul(read, tf.math.square(read)), tf.constant(new int[] {0, 1}));
      Operand<TFloat64> first = byHandle(graph, tf, value, handle);
      Operand<TFloat64> slope = tf.reduceSum(first, tf.constant(new int[] {0, 1}));
      Operand<TFloat64> second = byHandle(graph, tf, slope, handle);
      List<double[]> values = Doubles.fetch(session.runner(), List.of(first, second));
      Derivatives.agree(
          values,
          List.of(new double[] {3, 12, 0, 0, 150, 216}, new double[] {6, 12, 0, 0, 60, 72}),
          1e-12);
    }
  }

  @Test
  void resourceGather_byExample_isAnObstacle() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      VarHandleOp variable = tf.varHandleOp(TFloat64.class, Shape.of(2, 3));
      Operand<TInt32> rows = tf.constant(new int[][] {{0}, {1}});
      Operand<TFloat64> plain = tf.resourceGather(variable, rows, TFloat64.class);
      Operand<TFloat64> batch =
          tf.resourceGather(variable, rows, TFloat64.class, ResourceGather.batchDims(1L));
      List<Output<?>> from = List.of(variable.asOutput());
      assertThat(DifferentiablePaths.obstacle(from, Set.of(operation(graph, plain)))).isEmpty();
      assertThat(DifferentiablePaths.obstacle(from, Set.of(operation(graph, batch))))
          .hasValueSatisfying(obstacle -> assertThat(obstacle.reason()).contains("batch_dims"));
    }
  }

  private static GraphOperation operation(Graph graph, Operand<?> tensor) {
    return graph.operationOrThrow(tensor.op().name());
  }

  private static Operand<TFloat64> byHandle(
      Graph graph, Ops tf, Operand<TFloat64> value, Output<?> handle) {
    return graph
        .addGradients(
            tf.scope().makeOpName("byHandle"),
            new Output<?>[] {value.asOutput()},
            new Output<?>[] {handle},
            new Output<?>[] {tf.constant(1.0).asOutput()})[0]
        .expect(TFloat64.class);
  }
}
