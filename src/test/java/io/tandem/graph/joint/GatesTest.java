package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.child.SharedPerceptron;
import io.tandem.graph.controller.Controller;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.controller.PolicySample;
import io.tandem.graph.controller.ReplaySource;
import io.tandem.graph.core.Precision;
import io.tandem.graph.core.Reals;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.input.PlacedExamples;
import io.tandem.graph.joint.child.ChildInputs;
import io.tandem.graph.joint.child.Disturbance;
import io.tandem.graph.joint.child.LoopGuard;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.child.SharedProblem;
import io.tandem.graph.joint.policy.ControllerOracle;
import io.tandem.graph.joint.policy.GateFeedback;
import io.tandem.graph.joint.policy.PolicyFeedback;
import io.tandem.graph.joint.policy.PolicyGradient;
import io.tandem.graph.joint.policy.PolicyProgram;
import io.tandem.graph.joint.policy.TablePolicy;
import io.tandem.graph.joint.response.CandidateResponse;
import io.tandem.graph.joint.response.GateDerivatives;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.joint.response.SharedDraw;
import io.tandem.graph.joint.response.SharedResponseProgram;
import io.tandem.outcome.ClassWeights;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Range;
import io.tandem.space.RateFactor;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/**
 * Straight-through gates: the derivatives by them, in both ways of the response, are those of the
 * losses, and the controller takes them as derivatives by the probabilities of the choices.
 */
final class GatesTest {
  private static final double STEP = 1e-5;

  /** Layer by layer width, activation, dropout, shortcuts: the last layer adds the first one in. */
  private static final List<Integer> CHOICES = List.of(1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0);

  @Test
  void sampled_derivativesByGates_areThoseOfTheLosses() {
    try (Child child = new Child()) {
      Response response = child.respond(0, 0);
      GateDerivatives gates = response.gates();
      assertThat(gates.direct()).hasSize(CHOICES.size());
      for (int gate = 0; gate < CHOICES.size(); gate++) {
        Response up = child.respond(gate, STEP);
        Response down = child.respond(gate, -STEP);
        near(gates.direct()[gate], (up.before() - down.before()) / (2 * STEP));
        near(
            gates.response()[gate],
            (up.after() - up.before() - down.after() + down.before()) / (2 * STEP));
      }
      // Of the shortcuts, columns 6, 10 and 11, only the second was chosen.
      assertThat(gates.direct()[6]).isZero();
      assertThat(gates.response()[11]).isZero();
      assertThat(Math.abs(gates.direct()[10])).isGreaterThan(1e-6);
      assertThat(Math.abs(gates.response()[0])).isGreaterThan(1e-6);
    }
  }

  @Test
  void shared_derivativesByGates_areThoseOfJudgementAndStep() {
    try (Child child = new Child()) {
      double[] judged = child.judged();
      double[] pulled = child.pulled();
      assertThat(judged).hasSize(CHOICES.size());
      for (int gate = 0; gate < CHOICES.size(); gate++) {
        double[] up = child.moved(gate, STEP);
        double[] down = child.moved(gate, -STEP);
        near(judged[gate], (up[0] - down[0]) / (2 * STEP));
        near(pulled[gate], (up[1] - down[1]) / (2 * STEP));
      }
      assertThat(Math.abs(pulled[10])).isGreaterThan(1e-6);
    }
  }

  /** Layer 1 is left out; layer 2 is there and adds the first one in. */
  @Test
  void optionalLayers_derivativesByGates_areThoseOfTheLosses() {
    List<Integer> choices = List.of(1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0);
    try (Child child = new Child(true, choices)) {
      GateDerivatives gates = child.respond(0, 0).gates();
      double[] judged = child.judged();
      double[] pulled = child.pulled();
      for (int gate = 0; gate < choices.size(); gate++) {
        Response up = child.respond(gate, STEP);
        Response down = child.respond(gate, -STEP);
        near(gates.direct()[gate], (up.before() - down.before()) / (2 * STEP));
        near(
            gates.response()[gate],
            (up.after() - up.before() - down.after() + down.before()) / (2 * STEP));
        double[] above = child.moved(gate, STEP);
        double[] below = child.moved(gate, -STEP);
        near(judged[gate], (above[0] - below[0]) / (2 * STEP));
        near(pulled[gate], (above[1] - below[1]) / (2 * STEP));
      }
      // What was chosen for the layer that is left out has no effect; that it is left out has.
      for (int gate = 4; gate < 8; gate++) {
        assertThat(gates.direct()[gate]).isZero();
      }
      for (int gate : new int[] {0, 3, 8, 9, 12}) {
        assertThat(Math.abs(gates.direct()[gate])).isGreaterThan(1e-6);
        assertThat(Math.abs(gates.response()[gate])).isGreaterThan(1e-6);
      }
    }
  }

  @Test
  void gradient_ofGateCoefficients_isThatOfProbabilities() {
    double[][] logits = {{0.3, -0.2, 0.9}, {-1.1, 0.4, 0.2}};
    List<Choices> samples =
        List.of(new Choices(List.of(2, 1), List.of(1.0)), new Choices(List.of(0, 1), List.of(1.0)));
    GateFeedback gates =
        new GateFeedback(
            new double[][] {{0.4, -1.2}, {0.8, 0.1}}, new double[][] {{-0.3, 0.5}, {1.5, -2.5}});
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      TablePolicy table =
          TablePolicy.of(
              Ops.create(graph), new ObjectMapper().valueToTree(logits), 0, 0, new double[2]);
      PolicyProgram<TFloat64> policy =
          new PolicyProgram<>(graph, session, table, ControllerOracle.settings(), 1, 2, 1, 2);
      session.initialize();
      // All discrete decisions are the architecture's here: nothing is left for the score.
      double[] credit = {0.7, -0.2};
      PolicyGradient gradient =
          policy.gradient(
              new PolicyFeedback(
                  samples,
                  false,
                  0,
                  0,
                  new double[2],
                  credit,
                  new double[2],
                  new double[2][1],
                  gates));
      ControllerOracle.compare(gradient.direct(), expected(logits, samples, gates.direct()));
      ControllerOracle.compare(gradient.response(), expected(logits, samples, gates.response()));
    }
  }

  /** {@code Σ coefficient ∂p(chosen)/∂logit = coefficient p (1[chosen] - p)}, closed form. */
  private static double[] expected(
      double[][] logits, List<Choices> samples, double[][] coefficients) {
    double[] sum = new double[6 + 2];
    for (int m = 0; m < samples.size(); m++) {
      for (int decision = 0; decision < 2; decision++) {
        double[] powers = Arrays.stream(logits[decision]).map(Math::exp).toArray();
        double total = Arrays.stream(powers).sum();
        int chosen = samples.get(m).discrete().get(decision);
        for (int option = 0; option < 3; option++) {
          double p = powers[option] / total;
          sum[3 * decision + option] +=
              coefficients[m][decision]
                  * (powers[chosen] / total)
                  * ((option == chosen ? 1 : 0) - p);
        }
      }
    }
    return sum;
  }

  @Test
  void controller_choices_makeUpTheArchitecture() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Controller<TFloat64> controller =
          new Controller<>(
              tf,
              TFloat64.class,
              new ControllerSettings(4, 0.5, 0, 1.5, 1e-3, 0, 1e-3, 0, 0.4, 0, 1, false),
              space().architecture().decisions(),
              List.of(),
              3);
      PolicySample<TFloat64> sample =
          controller.replay(
              new ReplaySource<>(
                  tf.constant(new long[] {1, 2}),
                  tf.constant(new int[2][CHOICES.size()]),
                  tf.constant(false),
                  tf.zeros(tf.constant(new int[] {2, 0}), TFloat64.class),
                  tf.constant(2),
                  tf.constant(1)));
      Operand<TFloat64> all = sample.logChoices();
      session.initialize();
      try (Result result =
          session
              .runner()
              .fetch(all)
              .fetch(tf.reduceSum(all, tf.constant(1)))
              .fetch(sample.logArchitecture())
              .run()) {
        assertThat(result.get(0).shape()).isEqualTo(Shape.of(2, CHOICES.size()));
        ControllerOracle.compare(
            Reals.of((TFloat64) result.get(1)), Reals.of((TFloat64) result.get(2)));
      }
    }
  }

  private static void near(double actual, double difference) {
    assertThat(actual).isCloseTo(difference, within(1e-8 + 1e-6 * Math.abs(difference)));
  }

  private static SearchSpace space() {
    return space(false);
  }

  private static SearchSpace space(boolean optionalLayers) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      ranges.put(hyperparameter, Range.fixed(0));
    }
    ranges.put(Hyperparameter.CLIP_NORM, Range.fixed(1e6));
    ranges.put(Hyperparameter.INITIAL_SCALE, Range.fixed(1));
    ranges.put(Hyperparameter.LEARNING_RATE, new Range(1e-3, 1));
    return new SearchSpace(
        new PerceptronSpace(
            3,
            List.of(2, 4),
            List.of(Activation.TANH, Activation.SIGMOID),
            List.of(0.0, 0.2),
            true,
            optionalLayers),
        new OptimizerSpace(List.of(OptimizerFamily.SGD), List.of(Schedule.CONSTANT), ranges, 0));
  }

  /** A small child on random data whose gates can be moved. */
  private static final class Child implements AutoCloseable {
    private static final int ROWS = 6;
    private static final int STEPS = 2;
    private final Graph graph = new Graph();
    private final Session session = new Session(graph);
    private final Variable<TFloat64> gates;
    private final Placeholder<TFloat64> gate;
    private final Op move;
    private final CandidateResponse<TFloat64> sampled;
    private final SharedResponseProgram<TFloat64> shared;
    private final Candidate candidate;
    private final List<Integer> choices;

    Child() {
      this(false, CHOICES);
    }

    Child(boolean optionalLayers, List<Integer> choices) {
      Ops tf = Ops.create(graph);
      SearchSpace space = space(optionalLayers);
      this.choices = choices;
      candidate = space.decode(new Choices(choices, List.of(0.3)));
      gates = tf.variable(Shape.of(choices.size()), TFloat64.class);
      gate = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(choices.size())));
      move = tf.assign(gates, gate);
      ChildInputs<TFloat64> inputs =
          new ChildInputs<>(
              tf, TFloat64.class, space, new InnerSettings(STEPS, 0.999, 1e-8), gates);
      SharedPerceptron<TFloat64> network =
          new SharedPerceptron<>(
              tf,
              Precision.FLOAT32,
              TFloat64.class,
              space.architecture().perceptron(),
              inputs.candidate().architecture(),
              PerceptronArchitecture.Input.of(3),
              2);
      PlacedExamples<TFloat64> part = PlacedExamples.of(tf, TFloat64.class, Inputs.of(data(ROWS)));
      SharedProblem<TFloat64> problem =
          new SharedProblem<>(
              network,
              inputs.candidate().optimizer(),
              Disturbance.noise(null, PerceptronArchitecture.Input.of(3)),
              part,
              part,
              inputs.trainingRows(),
              inputs.validationRows(),
              inputs.noise(),
              ClassWeights.none());
      OptimizerUpdate update =
          new FamilySwitch(space.families(), new InnerSettings(STEPS, 0.999, 1e-8));
      LoopGuard<TFloat64> guard = new LoopGuard<>(tf, TFloat64.class, 2);
      sampled =
          new CandidateResponse<>(
              tf,
              session,
              inputs,
              problem,
              network.corners(network.weights()),
              update,
              STEPS,
              new Unrolled(),
              guard);
      shared = new SharedResponseProgram<>(tf, session, inputs, problem, update, STEPS, guard);
      PlacedExamples.load(session, List.of(part));
      Random random = new Random(2);
      for (int index = 0; index < network.weights().size(); index++) {
        Shape shape = network.shape(index);
        double[] values = random.doubles(shape.size(), -1, 1).toArray();
        Operand<TFloat64> value = tf.constant(shape, DataBuffers.of(values));
        session
            .runner()
            .addTarget(network.assign(index, network.weights().get(index), value))
            .run()
            .close();
      }
    }

    private static Dataset data(int rows) {
      Random random = new Random(1);
      float[] features = new float[rows * 3];
      for (int index = 0; index < features.length; index++) {
        features[index] = (float) random.nextGaussian();
      }
      int[] labels = new int[rows];
      Arrays.setAll(labels, row -> row % 2);
      return new Dataset(features, 3, labels, List.of("a", "b"), List.of("x", "y", "z"));
    }

    /** Moves one gate away from 1. */
    private void move(int index, double step) {
      double[] values = new double[choices.size()];
      Arrays.fill(values, 1);
      values[index] += step;
      try (TFloat64 tensor = TFloat64.vectorOf(values)) {
        session.runner().feed(gate, tensor).addTarget(move).run().close();
      }
    }

    Response respond(int index, double step) {
      move(index, step);
      return sampled.respond(
          candidate,
          RateFactor.of(1),
          new Rows(new int[][] {{0, 1, 2}, {3, 4, 5}}, new int[] {0, 2, 5}, 1, 1));
    }

    double[] judged() {
      move(0, 0);
      shared.start();
      return shared.judge(draw()).gates();
    }

    /**
     * Loss at the shared weights, and what a step from there does along the derivative of that loss
     * at open gates.
     */
    double[] moved(int index, double step) {
      move(index, 0);
      shared.start();
      shared.judge(draw());
      move(index, step);
      double change = shared.push(draw()).change();
      return new double[] {shared.judge(draw()).loss(), change};
    }

    /** The step's derivative by the gates along the same direction. */
    double[] pulled() {
      move(0, 0);
      shared.start();
      shared.judge(draw());
      return shared.pull(draw(), false).gates();
    }

    private SharedDraw draw() {
      return new SharedDraw(
          candidate, 1, new Rows(new int[][] {{0, 1, 2}}, new int[] {0, 2, 5}, 1, 1), 1);
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
