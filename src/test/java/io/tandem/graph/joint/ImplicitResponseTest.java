package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.core.Placement;
import io.tandem.graph.hypergradient.ConjugateGradient;
import io.tandem.graph.hypergradient.HypergradientEstimator;
import io.tandem.graph.hypergradient.NeumannSeries;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
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
import io.tandem.testing.PlainPerceptron;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/**
 * The sampled response of the implicit estimators, through the shared child as a search uses it,
 * must equal what plain Java gives for the same training from an explicit Hessian: a training to
 * its end, the Hessian of its last batch's loss by central differences of hand-written gradients,
 * and a solution by elimination (conjugate gradients) or term by term (Neumann).
 */
final class ImplicitResponseTest {
  private static final int[] SIZES = {3, 2, 4, 3};
  private static final int WIDEST = 4;
  private static final int STEPS = 2;
  private static final int BATCH = 5;
  private static final int ROWS = 12;
  private static final double RATE = 0.05;
  private static final double DECAY = 0.9;
  private static final double SMOOTHING = 0.2;
  private static final double DAMPING = 0.3;
  private static final double SCALE = 0.3;
  private static final int TERMS = 8;

  /** With a choice of rules the weights go through branches as one vector, with one they do not. */
  enum Families {
    ONE,
    TWO;

    private List<OptimizerFamily> list() {
      return this == ONE
          ? List.of(OptimizerFamily.SGD)
          : List.of(OptimizerFamily.MOMENTUM, OptimizerFamily.SGD);
    }
  }

  private final SplittableRandom random = new SplittableRandom(5);
  private final Dataset train = dataset();
  private final Dataset validation = dataset();
  private final List<double[]> shared = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void respond_conjugateGradient_equalsEliminationOfTheExplicitHessian(Families families) {
    Response response =
        respond(
            families,
            new ConjugateGradient(new ResponseSettings.ConjugateGradient(16, DAMPING, 1e-9)));
    Explicit explicit = new Explicit();
    check(response, explicit, PlainPerceptron.solve(explicit.hessian(DAMPING), explicit.outer));
    assertThat(Objects.requireNonNull(response.solver()).residual()).isLessThan(1e-9);
  }

  @ParameterizedTest
  @EnumSource
  void respond_neumann_equalsTheSeriesOfTheExplicitHessian(Families families) {
    Response response =
        respond(families, new NeumannSeries(new ResponseSettings.Neumann(TERMS, SCALE)));
    Explicit explicit = new Explicit();
    double[][] hessian = explicit.hessian(0);
    double[] term = explicit.outer.clone();
    double[] sum = new double[term.length];
    for (int j = 0; j < TERMS; j++) {
      double[] product = PlainPerceptron.product(hessian, term);
      for (int index = 0; index < term.length; index++) {
        sum[index] += SCALE * term[index];
        term[index] -= SCALE * product[index];
      }
    }
    check(response, explicit, sum);
    assertThat(Objects.requireNonNull(response.solver()).products()).isEqualTo(TERMS - 1);
  }

  private static void check(Response response, Explicit explicit, double[] solution) {
    assertThat(response.dropped()).isFalse();
    assertThat(Objects.requireNonNull(response.solver()).breakdowns()).isZero();
    assertThat(response.after()).isCloseTo(explicit.after, within(1e-12));
    assertThat(response.direct()).containsOnly(0.0);
    // In the order of the decisions: learning rate, weight decay, label smoothing.
    double[] expected = {
      0,
      -PlainPerceptron.dot(solution, explicit.weights),
      -PlainPerceptron.dot(solution, explicit.bySmoothing)
    };
    assertThat(response.response()).hasSameSizeAs(expected);
    for (int index = 0; index < expected.length; index++) {
      assertThat(response.response()[index])
          .isCloseTo(expected[index], within(1e-6 * Math.abs(expected[index])));
    }
    assertThat(Arrays.stream(expected).skip(1)).allMatch(value -> Math.abs(value) > 1e-3);
  }

  /** The same in plain Java, at the end of the training. */
  private final class Explicit {
    private final PlainPerceptron network = new PlainPerceptron(SIZES);
    private final int[] lastRows = rows().training()[STEPS - 1];
    private final double[] weights = corners();
    private final double[] outer;
    private final double[] bySmoothing;
    private final double after;

    Explicit() {
      for (int step = 0; step < STEPS; step++) {
        double[] gradient = network.gradient(weights, train, rows().training()[step], SMOOTHING);
        for (int index = 0; index < weights.length; index++) {
          weights[index] -= RATE * (gradient[index] + DECAY * weights[index]);
        }
      }
      outer = network.gradient(weights, validation, rows().validation(), 0);
      after = network.loss(weights, validation, rows().validation(), 0);
      // The loss is linear in the smoothing.
      double[] smoothed = network.gradient(weights, train, lastRows, 1);
      double[] hard = network.gradient(weights, train, lastRows, 0);
      bySmoothing = new double[weights.length];
      Arrays.setAll(bySmoothing, index -> smoothed[index] - hard[index]);
    }

    /** Of the training loss with the weight decay and more on the diagonal. */
    double[][] hessian(double damping) {
      double[][] hessian = network.hessian(weights, train, lastRows, SMOOTHING);
      for (int index = 0; index < hessian.length; index++) {
        hessian[index][index] += DECAY + damping;
      }
      return hessian;
    }
  }

  private Response respond(Families families, HypergradientEstimator estimator) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      SearchSpace space = space(families);
      InnerSettings inner = new InnerSettings(STEPS, 0.999, 1e-8);
      ChildProgram<TFloat64> child =
          new ChildProgram<>(
                  graph,
                  session,
                  Placement.cpu(),
                  TFloat64.class,
                  space,
                  Inputs.of(train),
                  Inputs.of(validation),
                  AugmentationSettings.none(),
                  new FamilySwitch(space.families(), inner),
                  inner,
                  new JointSettings(ResponseThrough.SAMPLE, ArchitectureGradient.SCORE))
              .withResponse(estimator);
      child.load();
      session.initialize();
      load(Ops.create(graph), session, child);
      return child.respond(candidate(), 1, rows());
    }
  }

  /** Gives every shared weight a value, those outside of the candidate's corners too. */
  private void load(Ops tf, Session session, ChildProgram<TFloat64> child) {
    List<Variable<TFloat64>> variables = child.network().weights();
    for (int index = 0; index < variables.size(); index++) {
      Shape shape = child.network().shape(index);
      double[] values = random.doubles(shape.size(), -0.8, 0.8).toArray();
      shared.add(values);
      session
          .runner()
          .addTarget(
              child
                  .network()
                  .assign(
                      index,
                      variables.get(index),
                      tf.constant(shape, DataBuffers.of(values.clone()))))
          .run()
          .close();
    }
  }

  /** The candidate's part of the shared weights. */
  private double[] corners() {
    List<Double> corners = new ArrayList<>();
    for (int index = 0; index < shared.size(); index++) {
      int layer = index / 2;
      int stored = layer == SIZES.length - 2 ? SIZES[layer + 1] : WIDEST;
      for (int row = 0; row < (index % 2 == 0 ? SIZES[layer] : 1); row++) {
        for (int column = 0; column < SIZES[layer + 1]; column++) {
          corners.add(shared.get(index)[row * stored + column]);
        }
      }
    }
    return corners.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static SearchSpace space(Families families) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    values().forEach((name, value) -> ranges.put(name, Range.fixed(value)));
    ranges.put(Hyperparameter.LEARNING_RATE, new Range(1e-6, 10));
    ranges.put(Hyperparameter.WEIGHT_DECAY, new Range(1e-6, 1));
    ranges.put(Hyperparameter.LABEL_SMOOTHING, new Range(0, 0.5));
    return new SearchSpace(
        new PerceptronSpace(
            SIZES.length - 2,
            List.of(2, WIDEST),
            List.of(Activation.RELU, Activation.TANH),
            List.of(0.0),
            false),
        new OptimizerSpace(families.list(), List.of(Schedule.CONSTANT), ranges, 0));
  }

  private static Map<Hyperparameter, Double> values() {
    Map<Hyperparameter, Double> values = ControllerOracle.values(RATE);
    values.put(Hyperparameter.WEIGHT_DECAY, DECAY);
    values.put(Hyperparameter.LABEL_SMOOTHING, SMOOTHING);
    return values;
  }

  private static Candidate candidate() {
    List<PerceptronArchitecture.Layer> layers = new ArrayList<>();
    for (int layer = 1; layer < SIZES.length - 1; layer++) {
      layers.add(new PerceptronArchitecture.Layer(SIZES[layer], Activation.TANH, 0, List.of()));
    }
    return new Candidate(
        new PerceptronArchitecture(layers),
        new OptimizerSettings(OptimizerFamily.SGD, Schedule.CONSTANT, values()));
  }

  private static Rows rows() {
    return ControllerOracle.rows(0, STEPS, BATCH, ROWS);
  }

  private Dataset dataset() {
    float[] features = new float[ROWS * SIZES[0]];
    int[] labels = new int[ROWS];
    for (int index = 0; index < features.length; index++) {
      features[index] = (float) random.nextDouble(-2, 2);
    }
    Arrays.setAll(labels, row -> random.nextInt(SIZES[SIZES.length - 1]));
    return new Dataset(
        features, SIZES[0], labels, List.of("0", "1", "2"), List.of("x0", "x1", "x2"));
  }
}
