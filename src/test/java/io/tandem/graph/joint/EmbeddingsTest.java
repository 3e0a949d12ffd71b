package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.data.Values;
import io.tandem.graph.child.PerceptronNetwork;
import io.tandem.graph.child.SharedChild;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.session.Placement;
import io.tandem.outcome.Outcome;
import io.tandem.outcome.Targets;
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
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * Shared weights of networks with embeddings of several lengths: a network of a shorter one must be
 * that of a space without the longer one.
 */
final class EmbeddingsTest {
  private static final Rows ROWS =
      new Rows(new int[][] {{0, 1, 2}, {3, 4, 5}}, new int[] {0, 2, 5}, 4, 9);
  private static final int UNITS = 3;
  private static final int NUMBERS = 1;
  private static final List<Integer> VOCABULARIES = List.of(4, 3);
  private static final int FIRST_TABLE = 4;

  @Test
  void respond_shorterEmbedding_isThatOfTheSpaceWithoutTheLongerOne() {
    Response shared;
    Response alone;
    List<double[]> before;
    List<double[]> after;
    List<double[]> apart;
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat64> child = child(graph, session, List.of(2, 5));
      before = weights(session, child);
      shared = child.respond(candidate(2, 0.02), 1, ROWS);
      assertThat(weights(session, child)).usingRecursiveComparison().isEqualTo(before);
      child.train(candidate(2, 0.02), 1, ROWS, false, true, 0);
      after = weights(session, child);
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat64> child = child(graph, session, List.of(2));
      assign(graph, session, child, cut(before));
      alone = child.respond(candidate(2, 0.02), 1, ROWS);
      child.train(candidate(2, 0.02), 1, ROWS, false, true, 0);
      apart = weights(session, child);
    }
    assertThat(shared.dropped()).isFalse();
    assertThat(shared.before()).isCloseTo(alone.before(), within(1e-12));
    assertThat(shared.after()).isCloseTo(alone.after(), within(1e-12));
    assertThat(shared.response()).containsExactly(alone.response(), within(1e-12));
    assertThat(Math.abs(shared.response()[0])).isGreaterThan(1e-5);
    List<double[]> trained = cut(after);
    for (int index = 0; index < apart.size(); index++) {
      assertThat(trained.get(index)).containsExactly(apart.get(index), within(1e-12));
      assertThat(trained.get(index)).isNotEqualTo(cut(before).get(index));
    }
    assertThat(beyond(after)).isEqualTo(beyond(before));
  }

  /** Derivatives by the learning rate, which moves embeddings too. */
  @Test
  void respond_embedding_isTheDerivativeOfTheLossAfterTheLoop() {
    double step = 1e-6;
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat64> child = child(graph, session, List.of(2, 5));
      double slope = child.respond(candidate(5, 0.02), 1, ROWS).response()[0];
      double above = child.respond(candidate(5, 0.02 + step), 1, ROWS).after();
      double below = child.respond(candidate(5, 0.02 - step), 1, ROWS).after();
      double difference = (above - below) / (2 * step);
      assertThat(slope).isCloseTo(difference, within(1e-8));
      assertThat(Math.abs(difference)).isGreaterThan(1e-4);
    }
  }

  /** The network that is retrained is the shared one. */
  @Test
  void logits_sharedWeights_areThoseOfTheNetworkByItself() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      ChildProgram<TFloat64> child = child(graph, session, List.of(2));
      Ops tf = Ops.create(graph);
      PerceptronArchitecture architecture = candidate(2, 0.02).architecture().perceptron();
      PerceptronNetwork network =
          new PerceptronNetwork(
              architecture, new PerceptronArchitecture.Input(NUMBERS, VOCABULARIES), 2);
      List<Operand<TFloat64>> weights = new ArrayList<>();
      for (int index = 0; index < network.shapes().size(); index++) {
        assertThat(child.network().shape(index)).isEqualTo(network.shapes().get(index));
        weights.add(
            tf.reshape(
                child.network().weights().get(index),
                tf.constant(network.shapes().get(index).asArray())));
      }
      Operand<TFloat64> x =
          tf.reshape(
              tf.dtypes.cast(tf.constant(rows().features()), TFloat64.class),
              tf.constant(new int[] {-1, NUMBERS + VOCABULARIES.size()}));
      List<double[]> both =
          Doubles.fetch(
              session.runner(),
              List.of(
                  ((SharedChild<TFloat64>) child.network()).logits(weights, x),
                  network.logits(tf, weights, x)));
      assertThat(both.get(0)).containsExactly(both.get(1), within(1e-14));
    }
  }

  /** Corners of the first kernel and of the embeddings, and the rest. */
  private static List<double[]> cut(List<double[]> weights) {
    List<double[]> cut = new ArrayList<>(weights);
    int inputs = NUMBERS + 2 * VOCABULARIES.size();
    cut.set(0, corner(weights.get(0), inputs, UNITS, UNITS));
    for (int table = 0; table < VOCABULARIES.size(); table++) {
      double[] whole = weights.get(FIRST_TABLE + table);
      cut.set(FIRST_TABLE + table, corner(whole, VOCABULARIES.get(table), 2, 5));
    }
    return cut;
  }

  private static double[] corner(double[] whole, int rows, int columns, int width) {
    double[] corner = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(whole, row * width, corner, row * columns, columns);
    }
    return corner;
  }

  /** What the shorter embeddings do not use. */
  private static List<Double> beyond(List<double[]> weights) {
    List<Double> beyond = new ArrayList<>();
    double[] kernel = weights.get(0);
    for (int index = (NUMBERS + 2 * VOCABULARIES.size()) * UNITS; index < kernel.length; index++) {
      beyond.add(kernel[index]);
    }
    for (int table = 0; table < VOCABULARIES.size(); table++) {
      double[] whole = weights.get(FIRST_TABLE + table);
      for (int index = 0; index < whole.length; index++) {
        if (index % 5 >= 2) {
          beyond.add(whole[index]);
        }
      }
    }
    assertThat(beyond).hasSizeGreaterThan(20);
    return beyond;
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
      Graph graph, Session session, List<Integer> embeddings) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    values(0.02).forEach((name, value) -> ranges.put(name, Range.fixed(value)));
    ranges.put(Hyperparameter.LEARNING_RATE, new Range(1e-4, 1));
    SearchSpace space =
        new SearchSpace(
            new PerceptronSpace(
                1, List.of(UNITS), List.of(Activation.TANH), List.of(0.0), true, false, embeddings),
            new OptimizerSpace(
                List.of(OptimizerFamily.ADAMW), List.of(Schedule.CONSTANT), ranges, 0));
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
    child.initialise(
        3, new OptimizerSettings(OptimizerFamily.ADAMW, Schedule.CONSTANT, values(0.02)));
    return child;
  }

  /** A number, and the codes of two categories, one of them unknown. */
  private static Dataset rows() {
    float[] features = {
      0.5f, 0, 2, -1, 3, 1, 0.2f, 1, 0, 2, 2, -1, -0.3f, 0, 1, 1.5f, 3, 2,
    };
    return new Dataset(
        new Values.Floats(features),
        3,
        new Targets.Labels(new int[] {0, 1, 1, 0, 1, 0}, new Outcome.Classes(List.of("a", "b"))),
        List.of("x", "y", "z"),
        Optional.empty(),
        VOCABULARIES);
  }

  private static Candidate candidate(int embedding, double learningRate) {
    return new Candidate(
        new PerceptronArchitecture(
            List.of(new PerceptronArchitecture.Layer(UNITS, Activation.TANH, 0, List.of())),
            List.of(0),
            embedding),
        new OptimizerSettings(OptimizerFamily.ADAMW, Schedule.CONSTANT, values(learningRate)));
  }

  /** With noise on the inputs: on codes it would be an error. */
  private static Map<Hyperparameter, Double> values(double learningRate) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, learningRate);
    values.put(Hyperparameter.MOMENTUM, 0.8);
    values.put(Hyperparameter.WEIGHT_DECAY, 0.05);
    values.put(Hyperparameter.CLIP_NORM, 1e6);
    values.put(Hyperparameter.AUGMENTATION, 0.3);
    values.put(Hyperparameter.INITIAL_SCALE, 1.0);
    return values;
  }
}
