package io.tandem.graph.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.testing.Doubles;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** A step must cost what its sampled branches cost, and its derivatives must be theirs. */
class LazyBranchesTest {
  private static final double[] POINT = {0.5, 2};

  @Test
  void select_everyBranch_hasItsValueAndDerivatives() {
    for (int chosen = 0; chosen < 3; chosen++) {
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        Ops tf = Ops.create(graph);
        Placeholder<TFloat64> x = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(2)));
        Operand<TInt32> index = tf.identity(tf.constant(chosen));
        Operand<TFloat64> weight = tf.constant(1.5);
        Operand<TFloat64> own = LazyBranches.enter(tf, index, 3, 2, weight);
        Operand<TFloat64> y =
            LazyBranches.select(
                tf,
                index,
                x,
                List.of(
                    v -> v,
                    v -> tf.math.mul(v, tf.math.mul(v, v)),
                    v -> tf.math.mul(tf.math.exp(v), own)));
        Operand<TFloat64> sum = tf.reduceSum(y, tf.constant(0));
        List<Operand<TFloat64>> first = Gradients.of(tf, graph, sum, List.of(x, weight));
        Operand<TFloat64> slope =
            tf.reduceSum(tf.math.mul(first.get(0), tf.math.square(first.get(0))), tf.constant(0));
        List<Operand<TFloat64>> second = Gradients.of(tf, graph, slope, List.of(x, weight));
        List<double[]> values =
            Doubles.run(
                session,
                x,
                POINT,
                List.of(y, first.get(0), first.get(1), second.get(0), second.get(1)));
        for (int i = 0; i < 2; i++) {
          double v = POINT[i];
          double[] expected =
              switch (chosen) {
                case 0 -> new double[] {v, 1, 0};
                case 1 -> new double[] {v * v * v, 3 * v * v, 6 * v};
                default -> new double[] {1.5 * Math.exp(v), 1.5 * Math.exp(v), 1.5 * Math.exp(v)};
              };
          assertThat(values.get(0)[i]).isCloseTo(expected[0], within(1e-9));
          assertThat(values.get(1)[i]).isCloseTo(expected[1], within(1e-9));
          assertThat(values.get(3)[i])
              .isCloseTo(3 * expected[1] * expected[1] * expected[2], within(1e-7));
        }
        double byWeight = Math.exp(0.5) + Math.exp(2);
        assertThat(values.get(2)[0]).isCloseTo(chosen == 2 ? byWeight : 0, within(1e-9));
        double cubes = Math.exp(1.5) + Math.exp(6);
        assertThat(values.get(4)[0])
            .isCloseTo(chosen == 2 ? 3 * 1.5 * 1.5 * cubes : 0, within(1e-6));
      }
    }
  }

  @Test
  void select_branchNotTaken_doesNotExecute() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.constant(2.0);
      Placeholder<TInt32> index = tf.placeholder(TInt32.class);
      // The assertion stops the run if it is ever executed.
      Function<Operand<TFloat64>, Operand<TFloat64>> failing =
          v ->
              tf.withControlDependencies(tf.assertThat(tf.constant(false), List.of(v))).identity(v);
      Operand<TFloat64> y = LazyBranches.select(tf, index, x, List.of(tf.math::square, failing));
      try (TInt32 zero = TInt32.scalarOf(0);
          TInt32 one = TInt32.scalarOf(1)) {
        assertThat(Doubles.fetch(session.runner().feed(index, zero), List.of(y)).get(0))
            .containsExactly(4);
        Session.Runner failed = session.runner().feed(index, one);
        assertThatThrownBy(() -> Doubles.fetch(failed, List.of(y)))
            .hasMessageContaining("assertion failed");
      }
    }
  }

  @Test
  void select_constantBranch_isDeadWhenNotTaken() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.constant(2.0);
      Operand<TFloat64> y =
          LazyBranches.select(
              tf, tf.identity(tf.constant(1)), x, List.of(v -> tf.constant(7.0), tf.math::square));
      assertThat(Doubles.fetch(session.runner(), List.of(y)).get(0)).containsExactly(4);
    }
  }

  @Test
  void select_datumThatABranchIgnores_isRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.constant(2.0);
      Operand<TFloat64> z = tf.constant(3.0);
      Operand<TInt32> index = tf.constant(0);
      assertThatThrownBy(
              () ->
                  LazyBranches.select(
                      tf,
                      index,
                      List.of(x, z),
                      List.of(
                          data -> List.of(tf.math.add(data.get(0), data.get(1))),
                          data -> List.of(data.get(0)))))
          .hasMessageContaining("branch 1 does not use");
    }
  }
}
