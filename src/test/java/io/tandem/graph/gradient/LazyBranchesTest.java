package io.tandem.graph.gradient;

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

  @Test
  void choose_everyTensor_hasItsValueAndDerivatives() {
    for (int chosen = 0; chosen < 3; chosen++) {
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        Ops tf = Ops.create(graph);
        Placeholder<TFloat64> x = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(2)));
        Operand<TInt32> index = tf.identity(tf.constant(chosen));
        List<Operand<TFloat64>> powers =
            List.of(tf.math.sin(x), tf.math.square(x), tf.math.mul(x, tf.math.square(x)));
        LazyBranches.Chosen<TFloat64> once = LazyBranches.choose(tf, index, powers);
        Operand<TFloat64> y = tf.math.add(tf.math.square(once.chosen()), once.all().get(2));
        Operand<TFloat64> slope =
            Gradients.of(tf, tf.reduceSum(y, tf.constant(0)), List.of(x)).get(0);
        Operand<TFloat64> curvature =
            Gradients.of(tf, tf.reduceSum(slope, tf.constant(0)), List.of(x)).get(0);
        List<double[]> values = Doubles.run(session, x, POINT, List.of(y, slope, curvature));
        for (int i = 0; i < 2; i++) {
          double v = POINT[i];
          double[] expected =
              switch (chosen) {
                case 0 ->
                    new double[] {Math.pow(Math.sin(v), 2), Math.sin(2 * v), 2 * Math.cos(2 * v)};
                case 1 -> new double[] {Math.pow(v, 4), 4 * Math.pow(v, 3), 12 * v * v};
                default -> new double[] {Math.pow(v, 6), 6 * Math.pow(v, 5), 30 * Math.pow(v, 4)};
              };
          assertThat(values.get(0)[i]).isCloseTo(expected[0] + v * v * v, within(1e-9));
          assertThat(values.get(1)[i]).isCloseTo(expected[1] + 3 * v * v, within(1e-9));
          assertThat(values.get(2)[i]).isCloseTo(expected[2] + 6 * v, within(1e-9));
        }
      }
    }
  }

  /** What a branch gives may depend on the data on one side of a choice within it only. */
  @Test
  void select_outputsThatCouldRunInOtherBranches_areThoseOfTheChosenOne() {
    for (int chosen = 0; chosen < 2; chosen++) {
      for (int within = 0; within < 2; within++) {
        try (Graph graph = new Graph();
            Session session = new Session(graph)) {
          Ops tf = Ops.create(graph);
          Placeholder<TFloat64> x = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(2)));
          Operand<TInt32> index = tf.identity(tf.constant(chosen));
          Operand<TInt32> inner = tf.identity(tf.constant(within));
          Operand<TFloat64> outside = tf.constant(new double[] {7, 7});
          Operand<TFloat64> constant =
              LazyBranches.select(
                  tf,
                  index,
                  x,
                  List.of(
                      v -> {
                        // Uses the data, but not for what it gives.
                        assertThat(tf.math.neg(v)).isNotNull();
                        return tf.math.neg(outside);
                      },
                      v -> v));
          Operand<TFloat64> mixed =
              LazyBranches.select(
                  tf,
                  index,
                  x,
                  List.of(
                      v ->
                          LazyBranches.select(
                              tf, inner, outside, List.of(o -> o, o -> tf.math.mul(o, v))),
                      v -> tf.math.neg(v)));
          List<double[]> values = Doubles.run(session, x, POINT, List.of(constant, mixed));
          assertThat(values.get(0)[1]).isEqualTo(chosen == 0 ? -7 : 2);
          assertThat(values.get(1)[1]).isEqualTo(chosen == 1 ? -2 : (within == 0 ? 7.0 : 14.0));
        }
      }
    }
  }
}
