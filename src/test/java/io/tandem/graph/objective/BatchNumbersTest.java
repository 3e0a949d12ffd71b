package io.tandem.graph.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.outcome.RegressionLoss;
import io.tandem.testing.Doubles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** The losses of numbers against their formulas, with two derivatives. */
class BatchNumbersTest {
  private static final double DELTA = 0.7;
  private static final double[] TRUTH = {0.5, -1, 2, 0, 0.25, -3};
  private static final double[] SAID = {0.4, 1, 2.3, -0.2, -1.25, -2.9};
  private static final double[] WEIGHTS = {0.3, -0.8, 1.1, 0.4, 0.9, -0.5};

  private static Operand<TFloat64> matrix(Ops tf, double... values) {
    return tf.constant(Shape.of(values.length / 2, 2), DataBuffers.of(values));
  }

  private static double derivative(RegressionLoss.Kind kind, double error) {
    return switch (kind) {
      case SQUARED -> 2 * error;
      case ABSOLUTE -> Math.signum(error);
      case HUBER -> Math.abs(error) <= DELTA ? error : DELTA * Math.signum(error);
    };
  }

  private static double second(RegressionLoss.Kind kind, double error) {
    return switch (kind) {
      case SQUARED -> 2;
      case ABSOLUTE -> 0;
      case HUBER -> Math.abs(error) <= DELTA ? 1 : 0;
    };
  }

  @ParameterizedTest
  @EnumSource
  void loss_valueAndBothDerivatives_areTheFormulas(RegressionLoss.Kind kind) {
    GradientRegistry.install();
    RegressionLoss form = new RegressionLoss(kind, DELTA);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> said = matrix(tf, SAID);
      BatchNumbers<TFloat64> targets = new BatchNumbers<>(matrix(tf, TRUTH), 2, form);
      Operand<TFloat64> loss = targets.loss(tf, said, LossShape.plain());
      Operand<TFloat64> slope = Gradients.of(tf, loss, List.of(said)).get(0);
      Operand<TFloat64> along =
          tf.reduceSum(tf.math.mul(slope, matrix(tf, WEIGHTS)), tf.constant(new int[] {0, 1}));
      Operand<TFloat64> curvature = Gradients.of(tf, along, List.of(said)).get(0);
      List<double[]> found = Doubles.fetch(session.runner(), List.of(loss, slope, curvature));
      double expected = 0;
      for (int index = 0; index < SAID.length; index++) {
        double error = SAID[index] - TRUTH[index];
        expected += form.of(error) / SAID.length;
        assertThat(found.get(1)[index])
            .isCloseTo(derivative(kind, error) / SAID.length, within(1e-12));
        assertThat(found.get(2)[index])
            .isCloseTo(WEIGHTS[index] * second(kind, error) / SAID.length, within(1e-12));
      }
      assertThat(found.get(0)[0]).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void tallyAndScore_areTheSquaredErrors() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      BatchNumbers<TFloat64> targets =
          new BatchNumbers<>(matrix(tf, TRUTH), 2, RegressionLoss.squared());
      List<double[]> found =
          Doubles.fetch(
              session.runner(),
              List.of(targets.tally(tf, matrix(tf, SAID)), targets.score(tf, matrix(tf, SAID))));
      double first = 0.1 * 0.1 + 0.3 * 0.3 + 1.5 * 1.5;
      double second = 2 * 2 + 0.2 * 0.2 + 0.1 * 0.1;
      assertThat(found.get(0)).containsExactly(new double[] {first, second}, within(1e-12));
      assertThat(found.get(1)[0]).isCloseTo(1 - (first + second) / 6, within(1e-12));
    }
  }

  @Test
  void losses_smoothed_areRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      BatchNumbers<TFloat64> targets =
          new BatchNumbers<>(matrix(tf, TRUTH), 2, RegressionLoss.squared());
      assertThatThrownBy(() -> targets.losses(tf, matrix(tf, SAID), tf.constant(0.1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
