package io.tandem.graph.child.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.space.LanguageRegularisation;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** The model that winners are compared with is to be the one that it is called. */
class LstmNetworkTest {
  private static final int VOCABULARY = 4;
  private static final int HIDDEN = 2;
  private static final int[] WORDS = {3, 0, 2};

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  @Test
  void window_ofThreeWords_agreesWithPlainLoops() {
    LstmNetwork network =
        new LstmNetwork(
            new LanguageShape(VOCABULARY, HIDDEN, WORDS.length), LanguageRegularisation.none());
    List<double[]> weights = new ArrayList<>();
    network
        .parts()
        .list()
        .forEach(part -> weights.add(Derivatives.numbers(part.size(), weights.size())));
    double[] start = {0.3, -0.2, 0.5, 0.7};
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> tensors = new ArrayList<>();
      for (int index = 0; index < weights.size(); index++) {
        Shape shape = network.parts().shapes().get(index);
        tensors.add(Tensors.tensor(tf, weights.get(index), shape, TFloat64.class));
      }
      WindowOutput<TFloat64> output =
          network.window(
              tf,
              tensors,
              tf.constant(StdArrays.ndCopyOf(new int[][] {WORDS})),
              Tensors.tensor(tf, start, Shape.of(1, 2 * HIDDEN), TFloat64.class),
              null,
              Precision.FLOAT32);
      List<double[]> found =
          Doubles.fetch(session.runner(), List.of(output.logits(), output.state()));
      double[] state = start.clone();
      for (int time = 0; time < WORDS.length; time++) {
        state = step(weights, WORDS[time], state);
        for (int word = 0; word < VOCABULARY; word++) {
          double logit = weights.get(1)[word];
          for (int unit = 0; unit < HIDDEN; unit++) {
            logit += state[unit] * weights.get(0)[word * HIDDEN + unit];
          }
          assertThat(found.get(0)[time * VOCABULARY + word]).isCloseTo(logit, within(1e-12));
        }
      }
      assertThat(found.get(1)).containsExactly(state, within(1e-12));
    }
  }

  private static double[] step(List<double[]> weights, int word, double[] state) {
    double[] next = new double[2 * HIDDEN];
    for (int unit = 0; unit < HIDDEN; unit++) {
      double[] gates = new double[4];
      for (int gate = 0; gate < 4; gate++) {
        int column = gate * HIDDEN + unit;
        gates[gate] = weights.get(4)[column];
        for (int from = 0; from < HIDDEN; from++) {
          int at = from * 4 * HIDDEN + column;
          gates[gate] += weights.get(0)[word * HIDDEN + from] * weights.get(2)[at];
          gates[gate] += state[from] * weights.get(3)[at];
        }
      }
      double memory =
          sigmoid(gates[1] + 1) * state[HIDDEN + unit] + sigmoid(gates[0]) * Math.tanh(gates[2]);
      next[HIDDEN + unit] = memory;
      next[unit] = sigmoid(gates[3]) * Math.tanh(memory);
    }
    return next;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void hidden_ofANumberOfWeights_isTheNearest() {
    assertThat(LstmNetwork.parameters(HIDDEN, VOCABULARY))
        .isEqualTo(
            new LstmNetwork(new LanguageShape(VOCABULARY, HIDDEN, 1), LanguageRegularisation.none())
                .parts()
                .size());
    for (long wanted : new long[] {1, 5_000, 2_890_000, 24_000_000}) {
      int hidden = LstmNetwork.hidden(wanted, 10_000);
      long distance = Math.abs(LstmNetwork.parameters(hidden, 10_000) - wanted);
      assertThat(Math.abs(LstmNetwork.parameters(hidden + 1, 10_000) - wanted))
          .isGreaterThanOrEqualTo(distance);
      assertThat(
              hidden == 1
                  || Math.abs(LstmNetwork.parameters(hidden - 1, 10_000) - wanted) >= distance)
          .isTrue();
    }
  }
}
