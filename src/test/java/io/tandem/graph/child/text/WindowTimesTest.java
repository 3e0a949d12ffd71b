package io.tandem.graph.child.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.space.LanguageRegularisation;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * A window of which fewer time steps count is the window of a shorter model: what is behind them
 * must not reach logits, state, penalties or derivatives, or random lengths would train on words
 * that the next window reads again.
 */
class WindowTimesTest {
  private static final int[][] WORDS = {{0, 4, 2, 2, 1}, {3, 1, 0, 4, 4}};
  private static final LanguageRegularisation HOW =
      new LanguageRegularisation(0.2, 0.3, 0.2, 0.3, 0.5, 0.7);

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void window_fewerTimes_isThatOfAShorterCell(int times) {
    compare(RecurrentNetworkTest.network("0 0 0 1 1 2 2", true, HOW).over(5), times);
  }

  /** With a state that is wider than the output. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void window_fewerTimes_isThatOfAShorterMemory(int times) {
    compare(new LstmNetwork(new LanguageShape(5, 3, 5), HOW), times);
  }

  private static void compare(LanguageNetwork network, int times) {
    int[][] first = new int[WORDS.length][];
    for (int row = 0; row < WORDS.length; row++) {
      first[row] = Arrays.copyOf(WORDS[row], times);
    }
    List<double[]> cut = run(network, WORDS, times);
    List<double[]> expected = run(network.over(times), first, null);
    assertThat(cut).hasSameSizeAs(expected);
    for (int index = 0; index < cut.size(); index++) {
      assertThat(cut.get(index)).containsExactly(expected.get(index), within(1e-12));
    }
  }

  /** Logits, state, penalty, derivatives of a loss of all three by every weight. */
  private static List<double[]> run(
      LanguageNetwork network, int[][] words, @Nullable Integer times) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> weights = new ArrayList<>();
      for (var part : network.parts().list()) {
        weights.add(values(tf, part.shape(), 2 + weights.size()));
      }
      Operand<TInt32> count = times == null ? null : tf.constant(times);
      WindowOutput<TFloat64> output =
          network.window(
              tf,
              weights,
              new WindowInput<>(
                  tf.constant(StdArrays.ndCopyOf(words)),
                  values(tf, Shape.of(words.length, network.stateWidth()), 1),
                  count),
              RecurrentNetworkTest.noise(tf, 0.8, false),
              Precision.FLOAT32);
      Operand<TFloat64> penalty = output.penalty().orElse(tf.constant(0.0));
      Operand<TInt32> axes = tf.constant(new int[] {0, 1});
      Operand<TFloat64> loss =
          tf.math.add(
              tf.math.add(
                  tf.reduceSum(tf.math.sin(output.logits()), axes),
                  tf.reduceSum(tf.math.sin(output.state()), axes)),
              penalty);
      List<Operand<TFloat64>> wanted =
          new ArrayList<>(List.of(output.logits(), output.state(), penalty));
      wanted.addAll(Gradients.of(tf, loss, weights));
      return Doubles.fetch(session.runner(), wanted);
    }
  }

  private static Operand<TFloat64> values(Ops tf, Shape shape, int stream) {
    double[] numbers = Derivatives.numbers((int) shape.size(), stream);
    return Tensors.tensor(tf, numbers, shape, TFloat64.class);
  }
}
