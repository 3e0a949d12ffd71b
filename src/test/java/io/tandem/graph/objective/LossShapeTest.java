package io.tandem.graph.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.text.WordHeads;
import io.tandem.graph.child.text.WordLoss;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.outcome.ClassWeights;
import io.tandem.space.Hyperparameter;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** The weights of examples in the training loss, against their formulas and differences. */
final class LossShapeTest {
  private static final double[] LOSSES = {0, 0.3, 2, 7};
  private static final int[] LABELS = {0, 1, 1, 2};
  private static final ClassWeights CLASSES = new ClassWeights(new int[] {10, 30, 0}, List.of());

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 5e-4, 1e-3, 0.02, 0.7, 2})
  void mean_weighting_isTheGeneralisedCrossEntropy(double q) {
    double expected = 0;
    for (double loss : LOSSES) {
      expected += -Math.expm1(-q * loss) / q / LOSSES.length;
    }
    assertThat(mean(Map.of(Hyperparameter.LOSS_WEIGHTING, q))).isCloseTo(expected, within(1e-8));
  }

  /** The derivative by an example's loss is its weight. */
  @ParameterizedTest
  @ValueSource(doubles = {5e-4, 0.7})
  void mean_weighting_derivativeIsExponentialInTheLoss(double q) {
    GradientRegistry.install();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> losses = tf.constant(LOSSES);
      Operand<TFloat64> mean =
          new LossShape<>(null, tf.constant(q), null).mean(tf, losses, tf.constant(LABELS));
      double[] weights =
          Doubles.fetch(session.runner(), Gradients.of(tf, mean, List.of(losses))).get(0);
      for (int index = 0; index < LOSSES.length; index++) {
        assertThat(weights[index] * LOSSES.length)
            .isCloseTo(Math.exp(-q * LOSSES[index]), within(1e-8));
      }
    }
  }

  /** Of 41 rows, a class without any counting as one. */
  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1})
  void mean_balance_weighsClassesByTheirShare(double exponent) {
    double[] shares = {10.0 / 41, 30.0 / 41, 1.0 / 41};
    double norm = 0;
    for (double share : shares) {
      norm += Math.pow(share, 1 - exponent);
    }
    double expected = 0;
    for (int index = 0; index < LOSSES.length; index++) {
      expected += LOSSES[index] * Math.pow(shares[LABELS[index]], -exponent) / norm / 4;
    }
    assertThat(mean(Map.of(Hyperparameter.CLASS_BALANCE, exponent)))
        .isCloseTo(expected, within(1e-12));
  }

  /** 10 rows of weight 1, 30 of weight 4 and, counted as one, none of weight 0.5: 130.5 of 41. */
  @Test
  void mean_givenWeights_isThatOfWeightedRows() {
    ClassWeights given = new ClassWeights(CLASSES.counts(), List.of(1.0, 4.0, 0.5));
    double expected = (0 * 1 + 0.3 * 4 + 2 * 4 + 7 * 0.5) * 41 / 130.5 / 4;
    assertThat(mean(Map.of(), given)).isCloseTo(expected, within(1e-12));
  }

  /** Weights that were given and those of balance are multiplied, and scaled together. */
  @Test
  void mean_givenWeightsAndBalance_multiply() {
    ClassWeights given = new ClassWeights(CLASSES.counts(), List.of(1.0, 4.0, 0.5));
    double[] shares = {10.0 / 41, 30.0 / 41, 1.0 / 41};
    double[] weights = new double[3];
    double norm = 0;
    for (int index = 0; index < 3; index++) {
      weights[index] = given.given().get(index) * Math.pow(shares[index], -0.4);
      norm += shares[index] * weights[index];
    }
    double expected = 0;
    for (int index = 0; index < LOSSES.length; index++) {
      expected += LOSSES[index] * weights[LABELS[index]] / norm / 4;
    }
    assertThat(mean(Map.of(Hyperparameter.CLASS_BALANCE, 0.4), given))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void of_nothing_isPlain() {
    try (Graph graph = new Graph()) {
      assertThat(LossShape.of(Ops.create(graph), name -> null, TFloat64.class, CLASSES))
          .isEqualTo(LossShape.plain());
    }
  }

  /** All terms together, by logits, smoothing and both exponents, to the second order. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void loss_derivatives_areThoseOfDifferences(boolean words) {
    Derivatives.check(
        2,
        List.of(Shape.of(4, 3), Shape.scalar(), Shape.scalar(), Shape.scalar()),
        (tf, inputs) -> {
          Operand<TInt32> labels = tf.constant(LABELS);
          LossShape<TFloat64> shape =
              LossShape.of(
                  tf,
                  name ->
                      switch (name) {
                        case LABEL_SMOOTHING -> between(tf, inputs.get(1), 0.1, 0.3);
                        case LOSS_WEIGHTING -> between(tf, inputs.get(2), 0.1, 1.5);
                        case CLASS_BALANCE -> between(tf, inputs.get(3), 0.2, 0.9);
                        default -> throw new AssertionError(name);
                      },
                  TFloat64.class,
                  new ClassWeights(CLASSES.counts(), List.of(1.0, 4.0, 0.5)));
          return words
              ? WordLoss.mean(tf, WordHeads.saying(tf, inputs.get(0), 3), labels, shape)
              : Loss.crossEntropy(tf, inputs.get(0), labels, 3, shape);
        });
  }

  @Test
  void loss_smallWeighting_derivativesAreThoseOfDifferences() {
    Derivatives.check(
        2,
        List.of(Shape.of(4, 3), Shape.scalar()),
        (tf, inputs) ->
            Loss.crossEntropy(
                tf,
                inputs.get(0),
                tf.constant(LABELS),
                3,
                new LossShape<>(null, between(tf, inputs.get(1), 4e-4, 6e-4), null)));
  }

  private static Operand<TFloat64> between(
      Ops tf, Operand<TFloat64> input, double low, double high) {
    return tf.math.add(
        tf.constant(low), tf.math.mul(tf.constant(high - low), tf.math.sigmoid(input)));
  }

  private static double mean(Map<Hyperparameter, Double> values) {
    return mean(values, CLASSES);
  }

  private static double mean(Map<Hyperparameter, Double> values, ClassWeights classes) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      LossShape<TFloat64> shape =
          LossShape.of(
              tf,
              name -> values.containsKey(name) ? tf.constant((double) values.get(name)) : null,
              TFloat64.class,
              classes);
      Operand<TFloat64> mean = shape.mean(tf, tf.constant(LOSSES), tf.constant(LABELS));
      return Doubles.fetch(session.runner(), List.of(mean)).get(0)[0];
    }
  }
}
