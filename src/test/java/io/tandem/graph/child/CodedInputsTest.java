package io.tandem.graph.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.input.FeatureNoise;
import io.tandem.space.Activation;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.PerceptronArchitecture.Input;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

final class CodedInputsTest {
  private static final Input INPUT = new Input(1, List.of(3, 2));
  private static final int EMBEDDING = 2;
  // Codes 2 and 0; 0 and 1; none and none.
  private static final double[][] ROWS = {{0.5, 2, 0}, {-1, 0, 1}, {0.25, -1, -1}};
  private static final double[][] INDICATORS = {
    {0.5, 0, 0, 1, 1, 0}, {-1, 1, 0, 0, 0, 1}, {0.25, 0, 0, 0, 0, 0}
  };

  @Test
  void logits_withoutEmbedding_areThoseOfIndicators() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      PerceptronNetwork coded = new PerceptronNetwork(architecture(0), INPUT, 2);
      PerceptronNetwork plain = new PerceptronNetwork(architecture(0), 6, 2);
      assertThat(coded.shapes()).isEqualTo(plain.shapes());
      List<Operand<TFloat64>> weights = weights(tf, plain);
      List<double[]> both =
          Doubles.fetch(
              session.runner(),
              List.of(
                  coded.logits(tf, weights, tf.constant(ROWS)),
                  plain.logits(tf, weights, tf.constant(INDICATORS))));
      assertThat(both.get(0)).containsExactly(both.get(1), within(0.0));
    }
  }

  /** The first elements of the vectors of all codes come before the second ones. */
  @Test
  void logits_embedding_areThoseOfTheVectors() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      PerceptronNetwork coded = new PerceptronNetwork(architecture(EMBEDDING), INPUT, 2);
      PerceptronNetwork plain = new PerceptronNetwork(architecture(0), 5, 2);
      List<Operand<TFloat64>> weights = weights(tf, plain);
      double[][] first = {{1, 2}, {3, 4}, {5, 6}};
      double[][] second = {{7, 8}, {9, 10}};
      List<Operand<TFloat64>> all = new ArrayList<>(weights);
      all.add(tf.constant(first));
      all.add(tf.constant(second));
      double[][] vectors = {{0.5, 5, 7, 6, 8}, {-1, 1, 9, 2, 10}, {0.25, 0, 0, 0, 0}};
      List<double[]> both =
          Doubles.fetch(
              session.runner(),
              List.of(
                  coded.logits(tf, all, tf.constant(ROWS)),
                  plain.logits(tf, weights, tf.constant(vectors))));
      assertThat(both.get(0)).containsExactly(both.get(1), within(1e-14));
    }
  }

  @Test
  void logits_embedding_hasDerivativesOfSecondOrder() {
    PerceptronNetwork coded = new PerceptronNetwork(architecture(EMBEDDING), INPUT, 2);
    Derivatives.check(
        2, coded.shapes(), (tf, weights) -> coded.logits(tf, weights, tf.constant(ROWS)));
  }

  @Test
  void initialWeights_embedding_isSmallAndScaled() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      PerceptronNetwork coded =
          new PerceptronNetwork(architecture(16), new Input(1, List.of(200)), 2);
      List<Operand<TFloat64>> initial =
          coded.initialWeights(tf, TFloat64.class, 3, tf.constant(2.0));
      double[] table = Doubles.fetch(session.runner(), initial).get(4);
      assertThat(table).hasSize(3200);
      double squares = 0;
      for (double value : table) {
        assertThat(Math.abs(value)).isLessThanOrEqualTo(0.4);
        squares += value * value;
      }
      // A normal distribution that is cut off at two deviations has 0.88 of one.
      assertThat(Math.sqrt(squares / table.length)).isCloseTo(0.2 * 0.88, within(0.01));
    }
  }

  @Test
  void add_noise_movesNumbersAndNoCodes() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> noisy =
          FeatureNoise.add(
              tf,
              tf.constant(ROWS),
              tf.constant(0.5),
              tf.constant(new long[] {1, 2}),
              INPUT.numbers(),
              INPUT.columns());
      double[] moved = Doubles.fetch(session.runner(), List.of(noisy)).get(0);
      for (int row = 0; row < ROWS.length; row++) {
        assertThat(moved[3 * row]).isNotEqualTo(ROWS[row][0]);
        assertThat(moved[3 * row + 1]).isEqualTo(ROWS[row][1]);
        assertThat(moved[3 * row + 2]).isEqualTo(ROWS[row][2]);
      }
    }
  }

  private static PerceptronArchitecture architecture(int embedding) {
    return new PerceptronArchitecture(
        List.of(new PerceptronArchitecture.Layer(3, Activation.TANH, 0, List.of())),
        List.of(0),
        embedding);
  }

  private static List<Operand<TFloat64>> weights(Ops tf, PerceptronNetwork network) {
    List<Operand<TFloat64>> weights = new ArrayList<>();
    for (int index = 0; index < network.shapes().size(); index++) {
      double[] numbers =
          Derivatives.numbers(Math.toIntExact(network.shapes().get(index).size()), index);
      weights.add(
          tf.reshape(tf.constant(numbers), tf.constant(network.shapes().get(index).asArray())));
    }
    return weights;
  }
}
