package io.tandem.graph.joint.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.child.ArchitectureTensors;
import io.tandem.graph.child.text.LanguageShape;
import io.tandem.graph.child.text.SharedRecurrent;
import io.tandem.graph.core.Precision;
import io.tandem.graph.gradient.GradientRegistry;
import io.tandem.graph.gradient.Gradients;
import io.tandem.graph.hypergradient.Hypergradient;
import io.tandem.graph.hypergradient.ResponseSettings;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.graph.inner.OptimizerUpdate;
import io.tandem.graph.inner.Trajectory;
import io.tandem.graph.inner.UnrolledLoop;
import io.tandem.graph.input.PlacedWords;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.space.CellActivation;
import io.tandem.space.Hyperparameter;
import io.tandem.space.LanguageRegularisation;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.RecurrentArchitecture;
import io.tandem.space.RecurrentSpace;
import io.tandem.testing.Derivatives;
import io.tandem.testing.Doubles;
import io.tandem.testing.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * The response through training windows: the state that one window leaves for the next depends on
 * dropout and, from the third window on, on every hyperparameter. A response that held it fixed
 * would be wrong where it is hard to notice.
 */
class LanguageProblemTest {
  private static final int WORDS = 6;
  private static final int HIDDEN = 3;
  private static final int LENGTH = 3;
  private static final int BATCH = 2;
  private static final int NODES = 3;
  private static final String CELL = "0 0 0 1 3 1 0";
  private static final List<Hyperparameter> SEARCHED =
      List.of(
          Hyperparameter.LEARNING_RATE,
          Hyperparameter.CLIP_NORM,
          Hyperparameter.AUGMENTATION,
          Hyperparameter.WEIGHT_DECAY,
          Hyperparameter.MOMENTUM,
          Hyperparameter.LABEL_SMOOTHING,
          Hyperparameter.LOSS_WEIGHTING,
          Hyperparameter.EMBEDDING_DROPOUT,
          Hyperparameter.INPUT_DROPOUT,
          Hyperparameter.STATE_DROPOUT,
          Hyperparameter.OUTPUT_DROPOUT,
          Hyperparameter.ACTIVATION_WEIGHT,
          Hyperparameter.SLOWNESS_WEIGHT);
  // A clip norm below that of the gradients, so that it acts.
  private static final double[] AT = {
    0.9, 0.25, 0.7, 0.01, 0.6, 0.1, 0.3, 0.1, 0.2, 0.15, 0.05, 0.3, 0.4
  };

  @BeforeAll
  static void install() {
    GradientRegistry.install();
  }

  /** A loop over windows whose hyperparameters are fed. */
  private static final class Fixture implements AutoCloseable {
    final Graph graph = new Graph();
    final Session session =
        new Session(
            graph,
            SessionConfig.ofBranches(
                new RuntimeSettings(Device.CPU, 1, 1, true, Precision.FLOAT32)));
    final Ops tf = Ops.create(graph);
    final List<Placeholder<TFloat64>> given = new ArrayList<>();
    final LanguageProblem<TFloat64> problem;
    final OptimizerTensors<TFloat64> optimizer;
    final InnerState<TFloat64> start;
    final OptimizerUpdate update =
        new FamilySwitch(List.of(OptimizerFamily.MOMENTUM), new InnerSettings(1, 0.999, 1e-8));

    Fixture(int[][] starts) {
      Map<Hyperparameter, Operand<TFloat64>> values = new EnumMap<>(Hyperparameter.class);
      for (Hyperparameter name : SEARCHED) {
        Placeholder<TFloat64> value =
            tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
        given.add(value);
        values.put(name, value);
      }
      optimizer = new OptimizerTensors<>(tf.constant(0), values, tf.constant(1.0));
      RecurrentSpace space =
          new RecurrentSpace(
              NODES,
              HIDDEN,
              List.of(CellActivation.values()),
              true,
              new LanguageRegularisation(0.2, 0.3, 0.3, 0.4, 0.2, 0.3));
      List<Operand<TInt32>> choices = new ArrayList<>();
      space
          .encode(RecurrentArchitecture.parse(CELL))
          .forEach(choice -> choices.add(tf.constant(choice)));
      SharedRecurrent<TFloat64> child =
          new SharedRecurrent<>(
              tf,
              Precision.FLOAT32,
              TFloat64.class,
              space,
              new ArchitectureTensors<>(choices, List.of()),
              new LanguageShape(WORDS, HIDDEN, LENGTH));
      int[] text = new int[40];
      for (int place = 0; place < text.length; place++) {
        text[place] = (place * place + place / 3) % WORDS;
      }
      PlacedWords words = new PlacedWords(tf, text);
      // A row more than the batch has.
      Shape rows = Shape.of(BATCH + 1, HIDDEN);
      Variable<TFloat64> state = tf.variable(rows, TFloat64.class);
      double[] left = Derivatives.numbers((int) rows.size(), 1);
      Op assign = tf.assign(state, Tensors.tensor(tf, left, rows, TFloat64.class));
      problem =
          new LanguageProblem<>(
              child,
              optimizer,
              true,
              words,
              words,
              new LanguageProblem.Read<>(
                  tf.constant(StdArrays.ndCopyOf(starts)),
                  state,
                  tf.constant(new int[] {30, 33, 35})),
              LENGTH,
              tf.constant(new long[] {5, 6}));
      List<Operand<TFloat64>> full = new ArrayList<>();
      for (int index = 0; index < child.weights().size(); index++) {
        full.add(tf.constant(Derivatives.numbers((int) child.shape(index).size(), 3 + index)));
      }
      start = InnerState.fresh(tf, child.corners(full)).carrying(problem.carriedAtStart(tf));
      words.load(session);
      session.runner().addTarget(assign).run().close();
    }

    List<OptimizerTensors<TFloat64>> steps(int count) {
      return Collections.nCopies(count, optimizer);
    }

    List<double[]> run(double[] at, List<? extends Operand<TFloat64>> wanted) {
      Session.Runner runner = session.runner();
      for (int index = 0; index < at.length; index++) {
        runner.feed(given.get(index), TFloat64.scalarOf(at[index]));
      }
      return Doubles.fetch(runner, List.copyOf(wanted));
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void unrolled_throughThreeWindows_agreesWithCentralDifferences(boolean recompute) {
    // Windows one behind the other, the last one at the beginning of a stream.
    int[][] starts = {{0, 12}, {3, 15}, {6, 18}};
    try (Fixture fixture = new Fixture(starts)) {
      Hypergradient<TFloat64> gradient =
          new Unrolled(new ResponseSettings.Unrolled(0, recompute))
              .build(
                  fixture.tf,
                  fixture.problem,
                  new UnrolledInput<>(fixture.update, fixture.start, fixture.steps(3)),
                  List.copyOf(fixture.given));
      List<double[]> response = fixture.run(AT, gradient.response());
      for (int index = 0; index < AT.length; index++) {
        double step = 1e-6;
        double[] moved = AT.clone();
        moved[index] = AT[index] + step;
        double up = fixture.run(moved, List.of(gradient.lossAfter())).get(0)[0];
        moved[index] = AT[index] - step;
        double down = fixture.run(moved, List.of(gradient.lossAfter())).get(0)[0];
        double difference = (up - down) / (2 * step);
        assertThat(Math.abs(difference)).as("%s", SEARCHED.get(index)).isGreaterThan(1e-6);
        assertThat(response.get(index)[0])
            .as("%s", SEARCHED.get(index))
            .isCloseTo(difference, within(1e-9 + 1e-6 * Math.abs(difference)));
      }
    }
  }

  /**
   * Two steps in one loop are two loops of a step, the second from the state that the first left.
   */
  @Test
  void train_windowAfterWindow_carriesTheState() {
    int[][] starts = {{0, 12}, {3, 15}};
    try (Fixture fixture = new Fixture(starts)) {
      Trajectory<TFloat64> both =
          UnrolledLoop.run(
              fixture.tf, fixture.problem, fixture.update, fixture.start, fixture.steps(2));
      Operand<TFloat64> carried = both.states().get(1).carried().get(0);
      List<Operand<TFloat64>> weights = both.states().get(1).weights();
      Operand<TFloat64> second =
          fixture
              .problem
              .train(fixture.tf, weights, List.of(carried), fixture.tf.constant(1))
              .loss();
      Operand<TFloat64> stale =
          fixture.problem.trainingLoss(fixture.tf, weights, fixture.tf.constant(1));
      List<double[]> found = fixture.run(AT, List.of(both.losses().get(1), second, stale));
      assertThat(found.get(1)).isEqualTo(found.get(0));
      assertThat(found.get(2)).isNotEqualTo(found.get(0));
    }
  }

  /** At the beginning of a stream nothing of the state before is left. */
  @Test
  void train_freshWindow_beginsWithZeros() {
    try (Fixture fixture = new Fixture(new int[][] {{-1, -13}, {0, 12}})) {
      Ops tf = fixture.tf;
      List<Operand<TFloat64>> weights = fixture.start.weights();
      Operand<TFloat64> zeros = tf.zerosLike(fixture.start.carried().get(0));
      Operand<TInt32> first = tf.constant(0);
      List<double[]> found =
          fixture.run(
              AT,
              List.of(
                  fixture.problem.trainingLoss(tf, weights, first),
                  fixture.problem.train(tf, weights, List.of(zeros), first).loss(),
                  fixture.problem.trainingLoss(tf, weights, tf.constant(1))));
      assertThat(found.get(0)).isEqualTo(found.get(1)).isNotEqualTo(found.get(2));
    }
  }

  /** The implicit response holds the state that the last window began with as part of its data. */
  @Test
  void implicit_throughALastWindow_hasTheResponseOfItsStationarity() {
    int[][] starts = {{0, 12}, {3, 15}};
    double scale = 0.05;
    try (Fixture fixture = new Fixture(starts)) {
      Ops tf = fixture.tf;
      Hypergradient<TFloat64> gradient =
          new ResponseSettings.Neumann(2, scale)
              .estimator()
              .build(
                  tf,
                  fixture.problem,
                  new UnrolledInput<>(fixture.update, fixture.start, fixture.steps(2)),
                  List.copyOf(fixture.given));
      Trajectory<TFloat64> run =
          UnrolledLoop.run(tf, fixture.problem, fixture.update, fixture.start, fixture.steps(2));
      List<Operand<TFloat64>> weights = constant(tf, run.last().weights());
      List<Operand<TFloat64>> state = constant(tf, run.states().get(1).carried());
      Operand<TFloat64> loss = fixture.problem.train(tf, weights, state, tf.constant(1)).loss();
      List<Operand<TFloat64>> slopes = Gradients.of(tf, loss, weights);
      Operand<TFloat64> decay = fixture.given.get(3);
      // Two terms of the series of (H + decay) to the power of -1, times the outer gradient.
      List<Operand<TFloat64>> term =
          Gradients.of(tf, fixture.problem.validationLoss(tf, weights), weights);
      List<Operand<TFloat64>> sum = scaled(tf, term, scale);
      List<Operand<TFloat64>> products = Gradients.product(tf, slopes, term, weights);
      List<Operand<TFloat64>> next = new ArrayList<>();
      for (int index = 0; index < term.size(); index++) {
        Operand<TFloat64> pulled =
            tf.math.add(products.get(index), tf.math.mul(decay, term.get(index)));
        next.add(tf.math.sub(term.get(index), tf.math.mul(tf.constant(scale), pulled)));
      }
      sum = plus(tf, sum, scale, next);
      Operand<TFloat64> expected = tf.constant(0.0);
      for (int index = 0; index < weights.size(); index++) {
        expected =
            tf.math.sub(
                expected,
                tf.reduceSum(tf.math.mul(sum.get(index), weights.get(index)), tf.constant(0)));
      }
      List<double[]> found = fixture.run(AT, List.of(gradient.response().get(3), expected));
      assertThat(found.get(1)[0]).isNotZero();
      assertThat(found.get(0)[0])
          .isCloseTo(found.get(1)[0], within(1e-10 * Math.abs(found.get(1)[0])));
    }
  }

  private static List<Operand<TFloat64>> constant(Ops tf, List<Operand<TFloat64>> tensors) {
    return tensors.stream().<Operand<TFloat64>>map(tensor -> tf.stopGradient(tensor)).toList();
  }

  private static List<Operand<TFloat64>> scaled(
      Ops tf, List<Operand<TFloat64>> tensors, double factor) {
    return tensors.stream()
        .<Operand<TFloat64>>map(tensor -> tf.math.mul(tensor, tf.constant(factor)))
        .toList();
  }

  private static List<Operand<TFloat64>> plus(
      Ops tf, List<Operand<TFloat64>> tensors, double factor, List<Operand<TFloat64>> others) {
    List<Operand<TFloat64>> sums = new ArrayList<>();
    for (int index = 0; index < tensors.size(); index++) {
      sums.add(
          tf.math.add(tensors.get(index), tf.math.mul(others.get(index), tf.constant(factor))));
    }
    return sums;
  }
}
