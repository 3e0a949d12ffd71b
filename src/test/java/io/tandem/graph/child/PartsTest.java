package io.tandem.graph.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.objective.Loss;
import io.tandem.graph.objective.LossShape;
import io.tandem.space.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** The parts meet their formulas; every network is made of them. */
class PartsTest {
  private static double[] run(Session session, Operand<TFloat64> operand) {
    try (var result = session.runner().fetch(operand).run()) {
      TFloat64 tensor = (TFloat64) result.get(0);
      double[] values = new double[(int) tensor.size()];
      int index = 0;
      for (var scalar : tensor.scalars()) {
        values[index++] = scalar.getDouble();
      }
      return values;
    }
  }

  @ParameterizedTest
  @EnumSource
  void activations_atPoints_matchTheirFormulas(Activation activation) {
    double[] points = {-3, -0.5, 0, 0.7, 4};
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      double[] found = run(session, Activations.apply(tf, activation, tf.constant(points)));
      for (int i = 0; i < points.length; i++) {
        double x = points[i];
        double sigmoid = 1 / (1 + Math.exp(-x));
        double expected =
            switch (activation) {
              case RELU -> Math.max(x, 0);
              case TANH -> Math.tanh(x);
              case SIGMOID -> sigmoid;
              case SWISH -> x * sigmoid;
              case GELU ->
                  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
              case IDENTITY -> x;
            };
        assertThat(found[i]).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void fit_narrowerAndWider_cutsAndPads() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> h = tf.constant(new double[][] {{1, 2, 3}, {4, 5, 6}});
      assertThat(run(session, Shortcut.fit(tf, h, tf.constant(2)))).containsExactly(1, 2, 4, 5);
      assertThat(run(session, Shortcut.fit(tf, h, tf.constant(4))))
          .containsExactly(1, 2, 3, 0, 4, 5, 6, 0);
      assertThat(run(session, Shortcut.fit(tf, h, tf.constant(3))))
          .containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void fit_gradient_isTheCutOrPaddedGradient() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> h = tf.constant(new double[][] {{1, 2, 3}});
      Operand<TFloat64> square = tf.math.square(Shortcut.fit(tf, h, tf.constant(2)));
      Operand<TFloat64> loss = tf.math.mean(square, tf.constant(new int[] {0, 1}));
      var gradient = graph.addGradients(loss.asOutput(), new Output<?>[] {h.asOutput()})[0];
      assertThat(run(session, gradient.expect(TFloat64.class))).containsExactly(1, 2, 0);
    }
  }

  @Test
  void dropout_manyElements_keepsTheMeanAndRepeats() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.fill(tf.constant(new int[] {20_000}), tf.constant(1.0));
      var seed = tf.constant(new long[] {3, 4});
      double[] once = run(session, Dropout.apply(tf, x, tf.constant(0.3), seed));
      double[] again = run(session, Dropout.apply(tf, x, tf.constant(0.3), seed));
      assertThat(again).containsExactly(once);
      double zeros = 0;
      double sum = 0;
      for (double value : once) {
        sum += value;
        zeros += value == 0 ? 1 : 0;
      }
      assertThat(zeros / once.length).isCloseTo(0.3, within(0.02));
      assertThat(sum / once.length).isCloseTo(1, within(0.03));
    }
  }

  @Test
  void crossEntropy_smoothed_matchesItsDefinition() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      double[] logits = {0.2, -1, 0.5};
      double sum = Math.exp(0.2) + Math.exp(-1) + Math.exp(0.5);
      double expected = 0;
      for (int c = 0; c < 3; c++) {
        double target = (c == 2 ? 0.9 : 0) + 0.1 / 3;
        expected -= target * (logits[c] - Math.log(sum));
      }
      Operand<TFloat64> loss =
          Loss.crossEntropy(
              tf,
              tf.constant(new double[][] {logits}),
              tf.constant(new int[] {2}),
              3,
              LossShape.smoothed(tf.constant(0.1)));
      assertThat(run(session, loss)[0]).isCloseTo(expected, within(1e-12));
    }
  }
}
