package io.tandem.graph.hypergradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.Sgd;
import io.tandem.graph.inner.UnrolledLoop;
import io.tandem.space.Hyperparameter;
import io.tandem.testing.Doubles;
import io.tandem.testing.Oracles;
import io.tandem.testing.Sessions;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/**
 * Descent along the hypergradient must end where the closed form of a k-step look-ahead says, not
 * at the point of the direct gradient alone.
 */
class BilevelQuadraticTest {
  /** Training loss {@code (w - a)²}, validation loss {@code aw - 2a + 1}. */
  private record Bilevel(Operand<TFloat64> a) implements InnerProblem<TFloat64> {
    @Override
    public Operand<TFloat64> trainingLoss(Ops tf, List<Operand<TFloat64>> weights, int step) {
      return tf.math.squaredDifference(weights.get(0), a);
    }

    @Override
    public Operand<TFloat64> validationLoss(Ops tf, List<Operand<TFloat64>> weights) {
      Operand<TFloat64> factor = tf.math.sub(weights.get(0), tf.constant(2.0));
      return tf.math.add(tf.math.mul(a, factor), tf.constant(1.0));
    }
  }

  @Test
  void descent_unrolled_endsAtTheFixedPointOfItsHorizon() throws IOException {
    for (JsonNode reference :
        Oracles.read("closed_forms.json").get("bilevel_quadratic").get("unrolled")) {
      try (Setting setting =
          new Setting(
              new Unrolled(),
              reference.get("eta").asDouble(),
              reference.get("unroll_steps").asInt())) {
        setting.vanishesAt(reference.get("fixed_point").asDouble());
        setting.descend(reference.get("fixed_point").asDouble());
      }
    }
  }

  @Test
  void descent_directAlone_endsAtTwo() throws IOException {
    JsonNode file = Oracles.read("closed_forms.json").get("bilevel_quadratic");
    assertThat(file.get("about").asText()).contains("(2, 2)");
    try (Setting setting = new Setting(new NoResponse(), 0.1, 1)) {
      setting.descend(2);
    }
  }

  @Test
  void descent_conjugateGradient_endsAtTheExactSolution() throws IOException {
    JsonNode file = Oracles.read("closed_forms.json").get("bilevel_quadratic");
    assertThat(file.get("about").asText()).contains("(1, 1)");
    try (Setting setting =
        new Setting(
            new ConjugateGradient(new ResponseSettings.ConjugateGradient(2, 0, 1e-12)), 0.1, 1)) {
      setting.vanishesAt(1);
      setting.descend(1);
    }
  }

  @Test
  void descent_neumann_endsWhereAsManyUnrolledStepsDo() throws IOException {
    for (JsonNode reference :
        Oracles.read("closed_forms.json").get("bilevel_quadratic").get("unrolled")) {
      double eta = reference.get("eta").asDouble();
      int terms = reference.get("unroll_steps").asInt();
      try (Setting setting =
          new Setting(new NeumannSeries(new ResponseSettings.Neumann(terms, eta)), eta, 1)) {
        setting.vanishesAt(reference.get("fixed_point").asDouble());
        setting.descend(reference.get("fixed_point").asDouble());
      }
    }
  }

  /** One estimator on the problem, with gradient descent as the training. */
  private static final class Setting implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session = Sessions.unoptimized(graph);
    private final Placeholder<TFloat64> point;
    private final List<Operand<TFloat64>> fetches;

    Setting(HypergradientEstimator estimator, double eta, int steps) {
      Ops tf = Ops.create(graph);
      point = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(2)));
      Operand<TFloat64> a = element(tf, point, 0);
      Operand<TFloat64> w = element(tf, point, 1);
      OptimizerTensors<TFloat64> optimizer =
          new OptimizerTensors<>(
              tf.constant(0),
              Map.of(Hyperparameter.LEARNING_RATE, tf.constant(eta)),
              tf.constant(1.0));
      List<OptimizerTensors<TFloat64>> optimizers = Collections.nCopies(steps, optimizer);
      Bilevel problem = new Bilevel(a);
      InnerState<TFloat64> start = InnerState.fresh(tf, List.of(w));
      Hypergradient<TFloat64> hypergradient =
          estimator.build(
              tf, problem, new UnrolledInput<>(new Sgd(), start, optimizers), List.of(a));
      // The direct gradient alone takes no step of its own.
      Operand<TFloat64> moved =
          UnrolledLoop.run(tf, problem, new Sgd(), start, optimizers).last().weights().get(0);
      fetches = List.of(hypergradient.direct().get(0), hypergradient.response().get(0), moved);
    }

    void vanishesAt(double fixedPoint) {
      List<double[]> fixed =
          Doubles.run(session, point, new double[] {fixedPoint, fixedPoint}, fetches);
      assertThat(fixed.get(0)[0]).isCloseTo(fixedPoint - 2, within(1e-12));
      assertThat(fixed.get(0)[0] + fixed.get(1)[0]).isCloseTo(0, within(1e-12));
    }

    void descend(double fixedPoint) {
      double[] values = {2, -2};
      for (int step = 0; step < 400; step++) {
        List<double[]> result = Doubles.run(session, point, values, fetches);
        values[0] -= 0.1 * (result.get(0)[0] + result.get(1)[0]);
        values[1] = result.get(2)[0];
      }
      assertThat(values).containsExactly(new double[] {fixedPoint, fixedPoint}, within(1e-6));
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  private static Operand<TFloat64> element(Ops tf, Operand<TFloat64> point, int index) {
    return tf.reshape(
        tf.slice(point, tf.constant(new int[] {index}), tf.constant(new int[] {1})),
        tf.constant(new int[0]));
  }
}
