package io.tandem.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Products;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Operations of our own: values by the definition, derivatives by differences. */
class CompositesTest {
  private static final int[] TARGETS = {3, 0, 3};

  @Test
  void lstmStep_twoInARow_hasTheValuesOfTheDefinition() {
    double[] gates = Derivatives.numbers(8, 1);
    double[] more = Derivatives.numbers(8, 2);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      LstmStep<TFloat64> first = LstmStep.of(tf, row(tf, gates), null);
      LstmStep<TFloat64> second = LstmStep.of(tf, row(tf, more), first.cell());
      List<double[]> found =
          Doubles.fetch(session.runner(), List.of(first.hidden(), second.hidden(), second.cell()));
      for (int unit = 0; unit < 2; unit++) {
        double cell = sigmoid(gates[unit]) * Math.tanh(gates[4 + unit]);
        assertThat(found.get(0)[unit])
            .isCloseTo(sigmoid(gates[6 + unit]) * Math.tanh(cell), within(1e-14));
        double next =
            sigmoid(more[2 + unit]) * cell + sigmoid(more[unit]) * Math.tanh(more[4 + unit]);
        assertThat(found.get(2)[unit]).isCloseTo(next, within(1e-14));
        assertThat(found.get(1)[unit])
            .isCloseTo(sigmoid(more[6 + unit]) * Math.tanh(next), within(1e-14));
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static Operand<TFloat64> row(Ops tf, double... values) {
    return tf.constant(new double[][] {values});
  }

  /** By both outputs, alone and together, of a first and of a later step. */
  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true"})
  void lstmStep_derivatives_areThoseOfDifferences(boolean hidden, boolean cell) {
    Derivatives.check(
        3,
        List.of(Shape.of(3, 8), Shape.of(3, 8)),
        (tf, x) -> {
          LstmStep<TFloat64> first = LstmStep.of(tf, x.get(0), null);
          LstmStep<TFloat64> second = LstmStep.of(tf, x.get(1), first.cell());
          List<Operand<TFloat64>> parts = new ArrayList<>(List.of(first.hidden()));
          if (hidden) {
            parts.add(second.hidden());
          }
          if (cell) {
            parts.add(second.cell());
          }
          return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(1));
        });
  }

  @Test
  void wordCrossEntropy_derivatives_areThoseOfDifferences() {
    Derivatives.check(
        3,
        List.of(Shape.of(3, 2), Shape.of(4, 2), Shape.of(4)),
        (tf, x) -> entropy(tf, x, Precision.FLOAT32).losses());
  }

  @Test
  void wordCrossEntropy_derivativesByProbabilities_areThoseOfDifferences() {
    Derivatives.check(
        2,
        List.of(Shape.of(3, 2), Shape.of(4, 2), Shape.of(4)),
        (tf, x) -> {
          WordCrossEntropy<TFloat64> said = entropy(tf, x, Precision.FLOAT32);
          return tf.math.mul(said.probabilities(), tf.expandDims(said.losses(), tf.constant(1)));
        });
  }

  private static WordCrossEntropy<TFloat64> entropy(
      Ops tf, List<Operand<TFloat64>> x, Precision precision) {
    return WordCrossEntropy.of(tf, x.get(0), x.get(1), x.get(2), tf.constant(TARGETS), precision);
  }

  /** Also where the target's likelihood is no longer a number above 0. */
  @ParameterizedTest
  @CsvSource({"1", "30", "300", "3000"})
  void wordCrossEntropy_anyScale_isThatOfTheLogits(double scale) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> x = inputs(tf, scale);
      WordCrossEntropy<TFloat64> ours = entropy(tf, x, Precision.FLOAT32);
      Operand<TFloat64> logits =
          tf.math.add(Products.ofTransposed(tf, x.get(0), x.get(1), Precision.FLOAT32), x.get(2));
      Operand<TFloat64> theirs =
          tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, tf.constant(TARGETS)).loss();
      List<Operand<TFloat64>> fetches = new ArrayList<>();
      for (Operand<TFloat64> losses : List.of(ours.losses(), theirs)) {
        fetches.add(losses);
        fetches.addAll(Gradients.of(tf, tf.reduceSum(losses, tf.constant(0)), x));
      }
      List<double[]> found = Doubles.fetch(session.runner(), fetches);
      assertThat(found.get(0)[0]).isPositive().isFinite();
      for (int index = 0; index < 4; index++) {
        double size = Math.max(1, Math.abs(found.get(4 + index)[0]));
        assertThat(found.get(index)).containsExactly(found.get(4 + index), within(1e-12 * size));
      }
    }
  }

  @Test
  void wordCrossEntropy_bfloat16_isNearAndNotTheSame() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> x = inputs(tf, 1);
      List<Operand<TFloat64>> fetches = new ArrayList<>();
      for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
        Operand<TFloat64> losses = entropy(tf, x, precision).losses();
        fetches.add(losses);
        fetches.addAll(Gradients.of(tf, tf.reduceSum(losses, tf.constant(0)), x));
      }
      List<double[]> found = Doubles.fetch(session.runner(), fetches);
      for (int index = 0; index < 4; index++) {
        assertThat(found.get(index)).containsExactly(found.get(4 + index), within(0.02));
        assertThat(found.get(index)).isNotEqualTo(found.get(4 + index));
      }
    }
  }

  private static List<Operand<TFloat64>> inputs(Ops tf, double scale) {
    double[] hidden = Derivatives.numbers(6, 3);
    for (int index = 0; index < hidden.length; index++) {
      hidden[index] *= scale;
    }
    return List.of(
        tf.reshape(tf.constant(hidden), tf.constant(new int[] {3, 2})),
        tf.reshape(tf.constant(Derivatives.numbers(8, 4)), tf.constant(new int[] {4, 2})),
        tf.constant(Derivatives.numbers(4, 5)));
  }
}
