package io.tandem.graph.child.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.space.Hyperparameter;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.RecurrentArchitecture;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * The model of a fixed cell against plain loops and central differences: a node that reads another
 * source, or weights of gate and activation that are exchanged, would still train.
 */
class RecurrentNetworkTest {
  static final LanguageShape SHAPE = new LanguageShape(5, 3, 4);
  static final int[][] WORDS = {{0, 4, 2, 2}, {3, 1, 0, 4}};
  static final int BATCH = WORDS.length;
  private static final String CHAIN = "0 0 0 1 1 2 2 3 3";
  private static final String FAN = "1 0 1 0 3 1 2 1 0 0 1";

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  static RecurrentNetwork network(String cell, boolean looseEnds, LanguageRegularisation how) {
    return new RecurrentNetwork(RecurrentArchitecture.parse(cell), looseEnds, SHAPE, how);
  }

  private static RecurrentNetwork network(String cell, boolean looseEnds) {
    return network(cell, looseEnds, LanguageRegularisation.none());
  }

  static List<double[]> weights(RecurrentNetwork network) {
    List<double[]> weights = new ArrayList<>();
    network
        .parts()
        .list()
        .forEach(part -> weights.add(Derivatives.numbers(part.size(), 2 + weights.size())));
    return weights;
  }

  static <T extends TNumber> List<Operand<T>> tensors(
      Ops tf, RecurrentNetwork network, List<double[]> weights, Class<T> type) {
    List<Operand<T>> tensors = new ArrayList<>();
    for (int index = 0; index < weights.size(); index++) {
      Shape shape = network.parts().list().get(index).shape();
      tensors.add(Tensors.tensor(tf, weights.get(index), shape, type));
    }
    return tensors;
  }

  static <T extends TNumber> Operand<T> state(Ops tf, Class<T> type) {
    double[] values = Derivatives.numbers(BATCH * SHAPE.hidden(), 1);
    return Tensors.tensor(tf, values, Shape.of(BATCH, SHAPE.hidden()), type);
  }

  private static <T extends TNumber> WindowOutput<T> window(
      Ops tf,
      RecurrentNetwork network,
      List<Operand<T>> weights,
      Class<T> type,
      @Nullable WindowNoise<T> noise) {
    return network.window(
        tf,
        weights,
        tf.constant(StdArrays.ndCopyOf(WORDS)),
        state(tf, type),
        noise,
        Precision.FLOAT32);
  }

  @ParameterizedTest
  @CsvSource({CHAIN + ", false", CHAIN + ", true", FAN + ", false", FAN + ", true"})
  void window_fixedCells_agreesWithDefinition(String cell, boolean looseEnds) {
    compare(TFloat64.class, network(cell, looseEnds), 1e-12);
    compare(TFloat32.class, network(cell, looseEnds), 1e-5);
  }

  private static <T extends TNumber> void compare(
      Class<T> type, RecurrentNetwork network, double tolerance) {
    List<double[]> weights = weights(network);
    ReferenceModel reference =
        new ReferenceModel(
            network.architecture(),
            network.architecture().outputs(network.looseEnds()),
            SHAPE,
            weights);
    double[] flat = Derivatives.numbers(BATCH * SHAPE.hidden(), 1);
    double[][] start = new double[BATCH][];
    for (int row = 0; row < BATCH; row++) {
      start[row] = Arrays.copyOfRange(flat, row * SHAPE.hidden(), (row + 1) * SHAPE.hidden());
    }
    reference.run(WORDS, start);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      WindowOutput<T> output = window(tf, network, tensors(tf, network, weights, type), type, null);
      List<double[]> found =
          Doubles.fetch(session.runner(), List.of(output.logits(), output.state()));
      assertThat(found.get(0)).containsExactly(flat(reference.logits.stream()), within(tolerance));
      assertThat(found.get(1)).containsExactly(flat(Stream.of(reference.state)), within(tolerance));
      assertThat(output.penalty()).isEmpty();
    }
  }

  private static double[] flat(Stream<double[]> rows) {
    return rows.flatMapToDouble(Arrays::stream).toArray();
  }

  /** Through time, the state and the embedding, which is used at both ends. */
  @ParameterizedTest
  @CsvSource({CHAIN + ", false", FAN + ", true"})
  void gradient_everyWeight_agreesWithCentralDifferences(String cell, boolean looseEnds) {
    RecurrentNetwork network =
        network(cell, looseEnds, new LanguageRegularisation(0.2, 0.3, 0.2, 0.3, 0.5, 0.7));
    List<double[]> weights = weights(network);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Placeholder<TFloat64>> given = new ArrayList<>();
      List<Operand<TFloat64>> operands = new ArrayList<>();
      for (var part : network.parts().list()) {
        var placeholder = tf.placeholder(TFloat64.class, Placeholder.shape(part.shape()));
        given.add(placeholder);
        operands.add(placeholder);
      }
      Operand<TFloat64> loss =
          loss(tf, window(tf, network, operands, TFloat64.class, noise(tf, 0.8, false)));
      List<Operand<TFloat64>> gradient = Gradients.of(tf, loss, operands);
      List<double[]> found = run(session, given, weights, gradient);
      for (int index = 0; index < weights.size(); index++) {
        double[] values = weights.get(index);
        for (int place = 0; place < values.length; place += 1 + values.length / 7) {
          double middle = values[place];
          values[place] = middle + 1e-6;
          double up = run(session, given, weights, List.of(loss)).get(0)[0];
          values[place] = middle - 1e-6;
          double down = run(session, given, weights, List.of(loss)).get(0)[0];
          values[place] = middle;
          double expected = (up - down) / 2e-6;
          assertThat(found.get(index)[place])
              .as("%s, %d", network.parts().list().get(index).name(), place)
              .isCloseTo(expected, within(1e-8 + 1e-7 * Math.abs(expected)));
        }
      }
    }
  }

  private static List<double[]> run(
      Session session,
      List<Placeholder<TFloat64>> given,
      List<double[]> weights,
      List<Operand<TFloat64>> wanted) {
    Session.Runner runner = session.runner();
    List<TFloat64> open = new ArrayList<>();
    for (int index = 0; index < weights.size(); index++) {
      TFloat64 tensor =
          TFloat64.tensorOf(given.get(index).shape(), DataBuffers.of(weights.get(index)));
      open.add(tensor);
      runner.feed(given.get(index), tensor);
    }
    List<double[]> found = Doubles.fetch(runner, wanted);
    open.forEach(TFloat64::close);
    return found;
  }

  static WindowNoise<TFloat64> noise(Ops tf, double strength, boolean searched) {
    return new WindowNoise<>(tf.constant(new long[] {1, 2}), tf.constant(strength), searched);
  }

  /** A loss that weighs every logit and the state differently. */
  static Operand<TFloat64> loss(Ops tf, WindowOutput<TFloat64> output) {
    int logits = BATCH * SHAPE.length() * SHAPE.vocabulary();
    Operand<TFloat64> sum =
        tf.math.add(
            weighted(tf, output.logits(), logits, 7),
            weighted(tf, output.state(), BATCH * SHAPE.hidden(), 8));
    return output.penalty().isPresent() ? tf.math.add(sum, output.penalty().get()) : sum;
  }

  private static Operand<TFloat64> weighted(
      Ops tf, Operand<TFloat64> values, int count, int stream) {
    Operand<TFloat64> weights =
        Tensors.tensor(tf, Derivatives.numbers(count, stream), Shape.of(count), TFloat64.class);
    Operand<TFloat64> flat = tf.reshape(values, tf.constant(new int[] {-1}));
    return tf.reduceSum(tf.math.mul(tf.math.sin(flat), weights), tf.constant(0));
  }

  @Test
  void parts_ofACell_areAsManyAsItCounts() {
    RecurrentNetwork network = network(CHAIN, false);
    assertThat((long) network.parts().size())
        .isEqualTo(network.architecture().parameters(SHAPE.hidden(), SHAPE.vocabulary()));
    assertThat(network.parts().list().stream().map(part -> part.name()))
        .containsExactly(
            "embedding",
            "output/bias",
            "node0/input",
            "node0/state",
            "node1/kernel",
            "node2/kernel",
            "node3/kernel",
            "node4/kernel");
  }

  /** Of ones, so that what the masks do can be read off. */
  @Test
  void masks_ofAWindow_areTheSameAtEveryTimeStepAndAsOftenZeroAsTheRateSays() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Masks<TFloat64> masks = new Masks<>(tf, TFloat64.class, noise(tf, 0.5, false));
      Operand<TFloat64> mask =
          masks.of(Hyperparameter.INPUT_DROPOUT, 0.6, tf.constant(new int[] {3000}));
      Operand<TFloat64> other =
          masks.of(Hyperparameter.STATE_DROPOUT, 0.6, tf.constant(new int[] {3000}));
      assertThat(masks.of(Hyperparameter.OUTPUT_DROPOUT, 0, tf.constant(new int[] {3}))).isNull();
      List<double[]> found = Doubles.fetch(session.runner(), List.of(mask, other));
      double kept = 1 / (1 - 0.3);
      assertThat(Arrays.stream(found.get(0)).filter(value -> value == 0).count())
          .isBetween(800L, 1000L);
      assertThat(Arrays.stream(found.get(0)).filter(value -> value != 0))
          .allMatch(value -> Math.abs(value - kept) < 1e-12);
      assertThat(found.get(0)).isNotEqualTo(found.get(1));
    }
  }

  /** Where a rate or weight comes from makes no difference, and of both places it is the sum. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 1})
  void window_hyperparameters_addToWhatTheSpaceHas(double ofSpace) {
    double[] all = {0.2, 0.3, 0.1, 0.4, 2, 3};
    double[] there = Arrays.stream(all).map(value -> ofSpace * value).toArray();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Map<Hyperparameter, Operand<TFloat64>> own = new EnumMap<>(Hyperparameter.class);
      int place = 0;
      for (Hyperparameter hyperparameter : Hyperparameter.values()) {
        if (hyperparameter.isOfLanguage()) {
          double rest = all[place] - there[place];
          if (rest > 0) {
            own.put(hyperparameter, tf.constant(rest));
          }
          place++;
        }
      }
      assertThat(place).isEqualTo(all.length);
      List<Operand<TFloat64>> losses = new ArrayList<>();
      for (boolean relaxed : new boolean[] {false, true}) {
        for (boolean split : new boolean[] {false, true}) {
          RecurrentNetwork network = network(FAN, false, regularisation(split ? there : all));
          WindowNoise<TFloat64> plain = noise(tf, 1, relaxed);
          losses.add(
              loss(
                  tf,
                  window(
                      tf,
                      network,
                      tensors(tf, network, weights(network), TFloat64.class),
                      TFloat64.class,
                      split
                          ? new WindowNoise<>(plain.seed(), plain.strength(), relaxed, own)
                          : plain)));
        }
      }
      List<double[]> found = Doubles.fetch(session.runner(), losses);
      assertThat(found.get(1)[0]).isCloseTo(found.get(0)[0], within(1e-10));
      assertThat(found.get(3)[0]).isCloseTo(found.get(2)[0], within(1e-10));
      assertThat(found.get(2)[0]).isNotEqualTo(found.get(0)[0]);
    }
  }

  private static LanguageRegularisation regularisation(double... values) {
    return new LanguageRegularisation(
        values[0], values[1], values[2], values[3], values[4], values[5]);
  }

  @Test
  void penalty_activationAndSlowness_isTheWeightedMeanOfSquares() {
    RecurrentNetwork network = network(FAN, false, new LanguageRegularisation(0, 0, 0, 0, 2, 3));
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<double[]> values = weights(network);
      List<Operand<TFloat64>> weights = tensors(tf, network, values, TFloat64.class);
      WindowOutput<TFloat64> output =
          window(tf, network, weights, TFloat64.class, noise(tf, 0, false));
      // The outputs by a model of one time step each.
      List<double[]> outputs = new ArrayList<>();
      ReferenceModel reference =
          new ReferenceModel(
              network.architecture(),
              network.architecture().outputs(false),
              new LanguageShape(SHAPE.vocabulary(), SHAPE.hidden(), 1),
              values);
      double[] flat = Derivatives.numbers(BATCH * SHAPE.hidden(), 1);
      double[][] state = {Arrays.copyOf(flat, 3), Arrays.copyOfRange(flat, 3, 6)};
      for (int time = 0; time < SHAPE.length(); time++) {
        reference.run(new int[][] {{WORDS[0][time]}, {WORDS[1][time]}}, state);
        state = reference.state;
        outputs.add(flat(Stream.of(state)));
      }
      double squares = 0;
      double changes = 0;
      for (int time = 0; time < outputs.size(); time++) {
        for (int place = 0; place < 6; place++) {
          double now = outputs.get(time)[place];
          squares += now * now / (6 * outputs.size());
          double change = time == 0 ? 0 : now - outputs.get(time - 1)[place];
          changes += change * change / (6 * (outputs.size() - 1));
        }
      }
      assertThat(Doubles.fetch(session.runner(), List.of(output.penalty().orElseThrow())).get(0)[0])
          .isCloseTo(2 * squares + 3 * changes, within(1e-12));
    }
  }
}
