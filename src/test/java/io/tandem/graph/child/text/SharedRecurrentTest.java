package io.tandem.graph.child.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.CellActivation;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.RecurrentArchitecture;
import io.tandem.space.RecurrentSpace;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * What a cell computes on the shared weights must be what its own model computes, in value and in
 * derivatives, and weights of edges that it does not have must not be touched.
 */
class SharedRecurrentTest {
  private static final LanguageShape SHAPE = RecurrentNetworkTest.SHAPE;
  private static final int NODES = 4;
  private static final LanguageRegularisation NOISY =
      new LanguageRegularisation(0.2, 0.3, 0.2, 0.3, 0.5, 0.7);
  // Chains, fans, every activation; one to four loose ends.
  private static final List<String> CELLS =
      List.of("0 0 0 1 1 2 2 3 3", "0 0 1 0 3 0 2 0 0", "0 0 2 1 0 1 3 3 1", "0 0 3 1 3 2 3 0 3");

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  private static RecurrentSpace space(boolean looseEnds, LanguageRegularisation how) {
    return new RecurrentSpace(
        NODES, SHAPE.hidden(), List.of(CellActivation.values()), looseEnds, how);
  }

  /** All cells in one graph, on weights that are fed. */
  private static final class Fixture implements AutoCloseable {
    final Graph graph = new Graph();
    final Session session =
        new Session(
            graph,
            SessionConfig.ofBranches(
                new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32)));
    final Ops tf = Ops.create(graph);
    final RecurrentSpace space;
    final Placeholder<TInt32> choices;
    final Placeholder<TFloat64> gates;
    final List<Placeholder<TFloat64>> full = new ArrayList<>();
    final SharedRecurrent<TFloat64> shared;
    final WindowOutput<TFloat64> output;
    final List<Operand<TFloat64>> fetches = new ArrayList<>();
    final List<Operand<TFloat64>> byGates;

    Fixture(boolean looseEnds, LanguageRegularisation how, boolean gated) {
      space = space(looseEnds, how);
      int integers = space.integers();
      choices = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(integers)));
      gates = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(integers)));
      List<Operand<TFloat64>> open =
          gated ? List.copyOf(tf.unstack(gates, (long) integers).output()) : List.of();
      shared =
          new SharedRecurrent<>(
              tf,
              Precision.FLOAT32,
              TFloat64.class,
              space,
              new ArchitectureTensors<>(
                  List.copyOf(tf.unstack(choices, (long) integers).output()), open),
              SHAPE);
      for (int index = 0; index < shared.weights().size(); index++) {
        full.add(tf.placeholder(TFloat64.class, Placeholder.shape(shared.shape(index))));
      }
      List<Operand<TFloat64>> corners = shared.corners(full);
      output =
          shared.window(
              corners,
              tf.constant(StdArrays.ndCopyOf(RecurrentNetworkTest.WORDS)),
              RecurrentNetworkTest.state(tf, TFloat64.class),
              RecurrentNetworkTest.noise(tf, 0.8, false));
      Operand<TFloat64> loss = RecurrentNetworkTest.loss(tf, output);
      fetches.add(output.logits());
      fetches.add(output.state());
      fetches.add(loss);
      List<Operand<TFloat64>> gradient = Gradients.of(tf, loss, corners);
      fetches.addAll(gradient);
      fetches.addAll(Gradients.product(tf, gradient, sines(tf, corners), corners));
      byGates = gated ? Gradients.of(tf, loss, open) : List.of();
    }

    List<double[]> run(RecurrentArchitecture cell, List<double[]> values, double[] gated) {
      return run(cell, values, gated, fetches);
    }

    List<double[]> run(
        RecurrentArchitecture cell,
        List<double[]> values,
        double[] gated,
        List<Operand<TFloat64>> wanted) {
      Session.Runner runner = session.runner();
      int[] numbers = space.encode(cell).stream().mapToInt(Integer::intValue).toArray();
      runner.feed(choices, TInt32.vectorOf(numbers)).feed(gates, TFloat64.vectorOf(gated));
      for (int index = 0; index < full.size(); index++) {
        double[] vector = values.get(index);
        runner.feed(
            full.get(index), TFloat64.tensorOf(Shape.of(vector.length), DataBuffers.of(vector)));
      }
      return Doubles.fetch(runner, wanted);
    }

    /** The own model's weights where the cell has them, NaN in all other edges. */
    List<double[]> spread(RecurrentArchitecture cell, List<double[]> weights) {
      List<double[]> values = new ArrayList<>();
      double[] common = new double[(int) shared.shape(0).size()];
      int filled = 0;
      for (double[] weight : weights.subList(0, 4)) {
        System.arraycopy(weight, 0, common, filled, weight.length);
        filled += weight.length;
      }
      values.add(common);
      for (int node = 1; node <= NODES; node++) {
        double[] vector = new double[(int) shared.shape(node).size()];
        Arrays.fill(vector, Double.NaN);
        double[] kernel = weights.get(3 + node);
        int begin = cell.nodes().get(node - 1).source() * kernel.length;
        System.arraycopy(kernel, 0, vector, begin, kernel.length);
        values.add(vector);
      }
      return values;
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  private static List<Operand<TFloat64>> sines(Ops tf, List<Operand<TFloat64>> of) {
    return of.stream().<Operand<TFloat64>>map(value -> tf.math.sin(value)).toList();
  }

  private static double[] ones() {
    double[] ones = new double[space(false, NOISY).integers()];
    Arrays.fill(ones, 1);
    return ones;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void window_everyCell_isThatOfItsOwnModelWhereverElseIsNaN(boolean looseEnds) {
    try (Fixture fixture = new Fixture(looseEnds, NOISY, true)) {
      for (String text : CELLS) {
        RecurrentNetwork own = RecurrentNetworkTest.network(text, looseEnds, NOISY);
        List<double[]> weights = RecurrentNetworkTest.weights(own);
        List<double[]> found =
            fixture.run(own.architecture(), fixture.spread(own.architecture(), weights), ones());
        List<double[]> expected = own(own, weights);
        for (int index = 0; index < expected.size(); index++) {
          assertThat(found.get(index))
              .as("%s, %d", text, index)
              .containsExactly(expected.get(index), within(1e-9));
        }
      }
    }
  }

  /** Logits, state, loss, gradient and Hessian product, laid out as on the shared weights. */
  private static List<double[]> own(RecurrentNetwork network, List<double[]> weights) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> given =
          RecurrentNetworkTest.tensors(tf, network, weights, TFloat64.class);
      WindowOutput<TFloat64> output =
          network.window(
              tf,
              given,
              tf.constant(StdArrays.ndCopyOf(RecurrentNetworkTest.WORDS)),
              RecurrentNetworkTest.state(tf, TFloat64.class),
              RecurrentNetworkTest.noise(tf, 0.8, false),
              Precision.FLOAT32);
      Operand<TFloat64> loss = RecurrentNetworkTest.loss(tf, output);
      List<Operand<TFloat64>> gradient = Gradients.of(tf, loss, given);
      List<Operand<TFloat64>> all = new ArrayList<>(List.of(output.logits(), output.state(), loss));
      all.addAll(joined(tf, gradient));
      all.addAll(joined(tf, Gradients.product(tf, gradient, sines(tf, given), given)));
      return Doubles.fetch(session.runner(), all);
    }
  }

  private static List<Operand<TFloat64>> joined(Ops tf, List<Operand<TFloat64>> weights) {
    List<Operand<TFloat64>> flat = new ArrayList<>();
    for (Operand<TFloat64> weight : weights) {
      flat.add(tf.reshape(weight, tf.constant(new int[] {-1})));
    }
    List<Operand<TFloat64>> joined = new ArrayList<>();
    joined.add(tf.concat(flat.subList(0, 4), tf.constant(0)));
    joined.addAll(flat.subList(4, flat.size()));
    return joined;
  }

  /** The edge from node 0 to node 2 is a segment of one variable, whatever else the cells do. */
  @Test
  void weights_ofAnEdge_areTheSameInTwoCells() {
    try (Fixture fixture = new Fixture(false, LanguageRegularisation.none(), false)) {
      RecurrentArchitecture one = RecurrentArchitecture.parse("0 0 0 0 1 2 2 3 3");
      RecurrentArchitecture other = RecurrentArchitecture.parse("0 0 3 0 2 0 0 1 0");
      List<double[]> values = new ArrayList<>();
      for (int index = 0; index < fixture.full.size(); index++) {
        values.add(Derivatives.numbers((int) fixture.shared.shape(index).size(), 20 + index));
      }
      List<double[]> before = new ArrayList<>();
      before.add(fixture.run(one, values, ones()).get(0));
      before.add(fixture.run(other, values, ones()).get(0));
      // In the segment of source 0 of node 2's vector, then in that of source 1.
      values.get(2)[5] += 0.1;
      assertThat(fixture.run(one, values, ones()).get(0)).isNotEqualTo(before.get(0));
      assertThat(fixture.run(other, values, ones()).get(0)).isNotEqualTo(before.get(1));
      values.get(2)[5] -= 0.1;
      values.get(2)[2 * SHAPE.hidden() * SHAPE.hidden() + 5] += 0.1;
      assertThat(fixture.run(one, values, ones()).get(0)).isEqualTo(before.get(0));
      assertThat(fixture.run(other, values, ones()).get(0)).isEqualTo(before.get(1));
    }
  }

  @Test
  void gates_differentiated_agreeWithCentralDifferences() {
    try (Fixture fixture = new Fixture(true, LanguageRegularisation.none(), true)) {
      RecurrentArchitecture cell = RecurrentArchitecture.parse(CELLS.get(2));
      RecurrentNetwork own =
          RecurrentNetworkTest.network(CELLS.get(2), true, LanguageRegularisation.none());
      List<double[]> values = fixture.spread(cell, RecurrentNetworkTest.weights(own));
      List<double[]> derivatives = fixture.run(cell, values, ones(), fixture.byGates);
      for (int gate = 0; gate < derivatives.size(); gate++) {
        double[] moved = ones();
        moved[gate] = 1 + 1e-6;
        double up = fixture.run(cell, values, moved).get(2)[0];
        moved[gate] = 1 - 1e-6;
        double down = fixture.run(cell, values, moved).get(2)[0];
        assertThat(derivatives.get(gate)[0]).isCloseTo((up - down) / 2e-6, within(1e-7));
      }
    }
  }

  @Test
  void sharedParameters_ofTheSpace_areThoseOfTheVariables() {
    try (Fixture fixture = new Fixture(false, NOISY, false)) {
      long size =
          fixture.shared.weights().stream().mapToLong(weight -> weight.shape().size()).sum();
      assertThat(fixture.space.sharedParameters(SHAPE.vocabulary())).isEqualTo(size);
    }
  }
}
