package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.session.Placement;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Range;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * A network whose layers are left out of a larger one must be the network without them, in what it
 * predicts, how it trains and what it says about hyperparameters, and must not touch their weights.
 */
final class OptionalLayersTest {
  private static final int DEPTH = 3;
  private static final Rows ROWS =
      new Rows(new int[][] {{0, 1, 2}, {3, 4, 5}}, new int[] {0, 2, 5}, 4, 9);

  static List<List<Integer>> places() {
    return List.of(List.of(0), List.of(0, 1), List.of(0, 2), List.of(0, 1, 2));
  }

  @ParameterizedTest
  @MethodSource("places")
  void respond_layersLeftOut_isThatOfTheSmallerNetwork(List<Integer> places) {
    Response whole;
    Response alone;
    List<double[]> before;
    List<double[]> after;
    List<double[]> apart;
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat64> child = child(graph, session, DEPTH, true);
      before = weights(session, child);
      whole = child.respond(candidate(places, places), 1, ROWS);
      assertThat(weights(session, child)).usingRecursiveComparison().isEqualTo(before);
      child.train(candidate(places, places), 1, ROWS, false, true, 0);
      after = weights(session, child);
    }
    List<double[]> kept = chosen(before, places);
    List<Integer> first = List.of(0, 1, 2).subList(0, places.size());
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat64> child = child(graph, session, places.size(), false);
      assign(graph, session, child, kept);
      alone = child.respond(candidate(places, first), 1, ROWS);
      child.train(candidate(places, first), 1, ROWS, false, true, 0);
      apart = weights(session, child);
    }
    assertThat(whole.dropped()).isFalse();
    assertThat(whole.before()).isCloseTo(alone.before(), within(1e-12));
    assertThat(whole.after()).isCloseTo(alone.after(), within(1e-12));
    assertThat(whole.response()).containsExactly(alone.response(), within(1e-12));
    assertThat(Math.abs(whole.response()[0])).isGreaterThan(1e-5);
    assertThat(chosen(after, places).size()).isEqualTo(apart.size());
    for (int index = 0; index < apart.size(); index++) {
      assertThat(chosen(after, places).get(index)).containsExactly(apart.get(index), within(1e-12));
    }
    for (int layer = 0; layer < DEPTH; layer++) {
      if (!places.contains(layer)) {
        assertThat(after.get(2 * layer)).isEqualTo(before.get(2 * layer));
        assertThat(after.get(2 * layer + 1)).isEqualTo(before.get(2 * layer + 1));
      }
    }
  }

  /** The weights of some layers and of the last one. */
  private static List<double[]> chosen(List<double[]> weights, List<Integer> places) {
    List<double[]> chosen = new ArrayList<>();
    places.forEach(place -> chosen.addAll(weights.subList(2 * place, 2 * place + 2)));
    chosen.addAll(weights.subList(2 * DEPTH, 2 * DEPTH + 2));
    return chosen;
  }

  private static List<double[]> weights(Session session, ChildProgram<TFloat64> child) {
    List<Operand<TFloat64>> weights = new ArrayList<>(child.network().weights());
    return Doubles.fetch(session.runner(), weights);
  }

  private static void assign(
      Graph graph, Session session, ChildProgram<TFloat64> child, List<double[]> values) {
    Ops tf = Ops.create(graph);
    for (int index = 0; index < values.size(); index++) {
      Operand<TFloat64> value =
          tf.reshape(
              tf.constant(values.get(index)), tf.constant(child.network().shape(index).asArray()));
      session
          .runner()
          .addTarget(child.network().assign(index, child.network().weights().get(index), value))
          .run()
          .close();
    }
  }

  private static ChildProgram<TFloat64> child(
      Graph graph, Session session, int depth, boolean optionalLayers) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    values().forEach((name, value) -> ranges.put(name, Range.fixed(value)));
    ranges.put(Hyperparameter.LEARNING_RATE, new Range(1e-4, 1));
    SearchSpace space =
        new SearchSpace(
            new PerceptronSpace(
                depth,
                List.of(3),
                List.of(Activation.TANH, Activation.SIGMOID),
                List.of(0.0),
                true,
                optionalLayers),
            new OptimizerSpace(
                List.of(OptimizerFamily.SGD, OptimizerFamily.ADAMW),
                List.of(Schedule.CONSTANT),
                ranges,
                0));
    InnerSettings inner = new InnerSettings(ROWS.training().length, 0.95, 1e-8);
    Inputs rows = Inputs.of(rows());
    ChildProgram<TFloat64> child =
        new ChildProgram<>(
                graph,
                session,
                Placement.cpu(),
                TFloat64.class,
                space,
                rows,
                rows,
                AugmentationSettings.none(),
                new FamilySwitch(space.families(), inner),
                inner,
                new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE))
            .withResponse(new Unrolled());
    child.load();
    child.initialise(3, new OptimizerSettings(OptimizerFamily.SGD, Schedule.CONSTANT, values()));
    return child;
  }

  private static Dataset rows() {
    double[] numbers = Derivatives.numbers(18, 1);
    float[] features = new float[numbers.length];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) numbers[index];
    }
    return new Dataset(
        features, 3, new int[] {0, 1, 1, 0, 1, 0}, List.of("a", "b"), List.of("x", "y", "z"));
  }

  /** The last layer adds the first one in; layers differ in their activation. */
  private static Candidate candidate(List<Integer> layers, List<Integer> places) {
    List<PerceptronArchitecture.Layer> chosen = new ArrayList<>();
    for (int index = 0; index < layers.size(); index++) {
      chosen.add(
          new PerceptronArchitecture.Layer(
              3,
              layers.get(index) == 1 ? Activation.SIGMOID : Activation.TANH,
              0,
              index > 0 && index == layers.size() - 1 ? List.of(0) : List.of()));
    }
    return new Candidate(
        new PerceptronArchitecture(chosen, places),
        new OptimizerSettings(OptimizerFamily.ADAMW, Schedule.CONSTANT, values()));
  }

  private static Map<Hyperparameter, Double> values() {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.02);
    values.put(Hyperparameter.MOMENTUM, 0.8);
    values.put(Hyperparameter.WEIGHT_DECAY, 0.05);
    values.put(Hyperparameter.CLIP_NORM, 1e6);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return values;
  }
}
