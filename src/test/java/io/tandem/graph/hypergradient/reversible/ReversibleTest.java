package io.tandem.graph.hypergradient.reversible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.hypergradient.Hypergradient;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.hypergradient.UnrolledInput;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.Momentum;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.space.Hyperparameter;
import io.tandem.testing.Doubles;
import io.tandem.testing.OraclePerceptron;
import io.tandem.testing.Oracles;
import io.tandem.testing.Quadratic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A training that is run backwards must return to its first bits whatever its length, agree with
 * the training that is remembered, and say when it cannot.
 */
class ReversibleTest {
  private static final List<TrainedVariable> ONE =
      List.of(new TrainedVariable("layer0/kernel", Shape.of(3), 0));
  private static final List<double[]> START = List.of(new double[] {1.5, 0.25, -0.5});

  /**
   * Two weight tensors; hyperparameters {@code h} in both losses and {@code c}, which is data.
   * Training {@code ½Σ(w₁-c-step/10)² + e^h/2 Σw₁⁴ + ½Σ(w₂-w₁)²}, validation {@code Σw₁w₂ + hΣw₂}.
   */
  private record Coupled(Operand<TFloat64> h, Operand<TFloat64> c)
      implements InnerProblem<TFloat64> {
    @Override
    public Operand<TFloat64> trainingLoss(
        Ops tf, List<Operand<TFloat64>> weights, Operand<TInt32> step) {
      Operand<TFloat64> drift = tf.math.mul(tf.constant(0.1), tf.dtypes.cast(step, TFloat64.class));
      Operand<TFloat64> first = weights.get(0);
      Operand<TFloat64> fit = square(tf, tf.math.sub(first, tf.math.add(c, drift)));
      Operand<TFloat64> fourth = square(tf, tf.math.square(first));
      Operand<TFloat64> penalty = tf.math.mul(tf.math.exp(tf.sum(h, tf.constant(0))), fourth);
      Operand<TFloat64> pair = square(tf, tf.math.sub(weights.get(1), first));
      return tf.math.add(fit, tf.math.add(penalty, pair));
    }

    @Override
    public Operand<TFloat64> validationLoss(Ops tf, List<Operand<TFloat64>> weights) {
      Operand<TFloat64> product = tf.math.mul(weights.get(0), weights.get(1));
      Operand<TFloat64> all = tf.math.add(product, tf.math.mul(h, weights.get(1)));
      return tf.sum(all, tf.constant(0));
    }

    private static Operand<TFloat64> square(Ops tf, Operand<TFloat64> x) {
      return tf.math.mul(tf.constant(0.5), tf.sum(tf.math.square(x), tf.constant(0)));
    }
  }

  @Test
  void gradient_twoLayersAndHyperparameters_agreesWithUnrolled() {
    double[][] rates = {{0.05, 0.1}, {0.2, 0.07}, {0.11, 0.03}, {0.08, 0.15}};
    double[][] momenta = {{0.9, 0.3}, {0.5, 0.95}, {0.71, 0.002}, {0.99, 0.6}};
    double[][] decays = {{0.01, 0.1}, {0.2, 0}, {0.03, 0.04}, {0, 0.3}};
    MomentumSchedule schedule = new MomentumSchedule(rates, momenta, decays);
    List<double[]> start = List.of(new double[] {1.5, 0.25, -0.5}, new double[] {0.3, -0.7, 0.9});
    double[] point = {-0.8, 0.4, -0.3, 0.6};
    try (Graph graph = new Graph();
        Session session = new Session(graph, Trainings.config());
        TFloat64 fed = TFloat64.vectorOf(point)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> packed = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(4)));
      Operand<TFloat64> h = part(tf, packed, 0, 1);
      Operand<TFloat64> c = part(tf, packed, 1, 3);
      Coupled problem = new Coupled(h, c);
      List<TrainedVariable> variables =
          List.of(
              new TrainedVariable("first", Shape.of(3), 0),
              new TrainedVariable("second", Shape.of(3), 1));
      ReversibleGradient gradient =
          new Reversible<>(
                  tf,
                  new ReversibleInput<>(
                      problem, TFloat64.class, variables, List.of(h, c), MomentumRule.HEAVY_BALL))
              .gradient(session, start, schedule, runner -> runner.feed(packed, fed));

      // The same by hand-unrolled steps of both layers: one entry of the schedule per step and
      // layer.
      List<Operand<TFloat64>> weights = new ArrayList<>();
      start.forEach(values -> weights.add(tf.constant(values)));
      List<Operand<TFloat64>> wanted = new ArrayList<>();
      Operand<TFloat64> loss = unroll(tf, problem, weights, schedule, wanted);
      wanted.addAll(List.of(h, c));
      wanted.addAll(weights);
      List<Operand<TFloat64>> fetches =
          new ArrayList<>(io.tandem.graph.gradient.Gradients.of(tf, loss, wanted));
      fetches.add(loss);
      List<double[]> expected = Doubles.run(session, packed, point, fetches);
      int next = 0;
      for (int step = 0; step < 4; step++) {
        for (int layer = 0; layer < 2; layer++) {
          close(gradient.schedule().learningRate()[step][layer], expected.get(next++)[0]);
          close(gradient.schedule().momentum()[step][layer], expected.get(next++)[0]);
          close(gradient.schedule().weightDecay()[step][layer], expected.get(next++)[0]);
        }
      }
      for (int index = 0; index < 2; index++) {
        double[] total = expected.get(next++);
        for (int element = 0; element < total.length; element++) {
          close(
              gradient.direct().get(index)[element] + gradient.response().get(index)[element],
              total[element]);
        }
      }
      assertThat(gradient.direct().get(1)).containsOnly(0);
      assertThat(gradient.direct().get(0)[0]).isNotZero();
      for (int index = 0; index < 2; index++) {
        assertThat(gradient.initialWeights().get(index))
            .containsExactly(expected.get(next++), within(1e-8));
      }
      close(gradient.finalLoss(), expected.get(next)[0]);
    }
  }

  private static Operand<TFloat64> unroll(
      Ops tf,
      Coupled problem,
      List<Operand<TFloat64>> start,
      MomentumSchedule schedule,
      List<Operand<TFloat64>> settings) {
    List<Operand<TFloat64>> weights = new ArrayList<>(start);
    List<Operand<TFloat64>> velocities = new ArrayList<>();
    start.forEach(weight -> velocities.add(tf.zerosLike(weight)));
    for (int step = 0; step < schedule.steps(); step++) {
      Operand<TFloat64> loss = problem.trainingLoss(tf, weights, tf.constant(step));
      List<Operand<TFloat64>> gradients =
          io.tandem.graph.gradient.Gradients.of(tf, loss, List.copyOf(weights));
      for (int layer = 0; layer < weights.size(); layer++) {
        Operand<TFloat64> rate = tf.constant(schedule.learningRate()[step][layer]);
        Operand<TFloat64> momentum = tf.constant(schedule.momentum()[step][layer]);
        Operand<TFloat64> decay = tf.constant(schedule.weightDecay()[step][layer]);
        settings.addAll(List.of(rate, momentum, decay));
        Operand<TFloat64> pull =
            tf.math.add(gradients.get(layer), tf.math.mul(decay, weights.get(layer)));
        Operand<TFloat64> velocity =
            tf.math.sub(tf.math.mul(momentum, velocities.get(layer)), tf.math.mul(rate, pull));
        velocities.set(layer, velocity);
        weights.set(layer, tf.math.add(weights.get(layer), velocity));
      }
    }
    return problem.validationLoss(tf, weights);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void gradient_quadratic_agreesWithUnrolledEstimator(int steps) {
    MomentumSchedule schedule = MomentumSchedule.constant(steps, 1, 0.05, 0.8, 0.01);
    ReversibleGradient gradient =
        Trainings.run(
            tf -> new Quadratic<>(TFloat64.class),
            TFloat64.class,
            MomentumRule.HEAVY_BALL,
            ONE,
            START,
            schedule);
    try (Graph graph = new Graph();
        Session session = new Session(graph, Trainings.config())) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> rates = new ArrayList<>();
      List<OptimizerTensors<TFloat64>> optimizers = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        rates.add(tf.constant(0.05));
        optimizers.add(
            new OptimizerTensors<>(
                tf.constant(0),
                Map.of(
                    Hyperparameter.LEARNING_RATE, rates.get(step),
                    Hyperparameter.MOMENTUM, tf.constant(0.8),
                    Hyperparameter.WEIGHT_DECAY, tf.constant(0.01)),
                tf.constant(1.0)));
      }
      Operand<TFloat64> start = tf.constant(START.get(0));
      Hypergradient<TFloat64> unrolled =
          new Unrolled()
              .build(
                  tf,
                  new Quadratic<>(TFloat64.class),
                  new UnrolledInput<>(
                      new Momentum(), InnerState.fresh(tf, List.of(start)), optimizers),
                  rates);
      List<Operand<TFloat64>> fetches = new ArrayList<>(unrolled.response());
      fetches.add(unrolled.lossAfter());
      fetches.addAll(unrolled.trainingLosses());
      List<double[]> expected = Doubles.fetch(session.runner(), fetches);
      for (int step = 0; step < steps; step++) {
        close(gradient.schedule().learningRate()[step][0], expected.get(step)[0]);
        close(gradient.trainingLosses()[step], expected.get(steps + 1 + step)[0]);
      }
      close(gradient.finalLoss(), expected.get(steps)[0]);
    }
  }

  @Test
  void gradient_thousandStepsFloat32_returnsToTheFirstBits() throws IOException {
    returns(TFloat32.class);
  }

  @Test
  void gradient_thousandStepsFloat64_returnsToTheFirstBits() throws IOException {
    returns(TFloat64.class);
  }

  // That weights, velocities and buffers came back is checked in every run; a wrong bit throws.
  private static <T extends TNumber> void returns(Class<T> type) throws IOException {
    JsonNode file = Oracles.read("unrolled_mlp.json");
    ReversibleGradient gradient =
        Trainings.run(
            tf -> OraclePerceptron.of(tf, file, type),
            type,
            MomentumRule.DAMPED,
            Trainings.perceptronVariables(file),
            Trainings.perceptronStart(file),
            MomentumSchedule.constant(1000, 1, 0.3, 0.9, 1e-4));
    assertThat(gradient.trainingLosses()[999]).isLessThan(0.5 * gradient.trainingLosses()[0]);
    assertThat(gradient.buffer().get(0).spilledWords()).isEqualTo(4);
    for (double[] derivative : gradient.initialWeights()) {
      assertThat(derivative).doesNotContain(Double.NaN);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9, 0.98})
  void gradient_anyMomentum_storesItsInformationAndNoMore(double momentum) throws IOException {
    JsonNode file = Oracles.read("unrolled_mlp.json");
    double bitsPerStep = Math.log(1 / momentum) / Math.log(2);
    // Filling an empty buffer costs or saves up to two bits, whatever the length.
    int steps = (int) Math.ceil(150 / bitsPerStep);
    ReversibleGradient gradient =
        Trainings.run(
            tf -> OraclePerceptron.of(tf, file, TFloat32.class),
            TFloat32.class,
            MomentumRule.DAMPED,
            Trainings.perceptronVariables(file),
            Trainings.perceptronStart(file),
            MomentumSchedule.constant(steps, 1, 0.01, momentum, 0));
    assertThat(gradient.bufferBits() / steps).isCloseTo(bitsPerStep, within(0.02 * bitsPerStep));
    assertThat(gradient.informationBits() / steps)
        .isCloseTo(bitsPerStep, within(0.001 * bitsPerStep));
  }

  @Test
  void gradient_stepTooLarge_namesTheVariableThatLeftTheRange() {
    assertThatThrownBy(
            () ->
                Trainings.run(
                    tf -> new Quadratic<>(TFloat64.class),
                    TFloat64.class,
                    MomentumRule.HEAVY_BALL,
                    ONE,
                    START,
                    MomentumSchedule.constant(60, 1, 4, 0.9, 0)))
        .isInstanceOfSatisfying(
            FixedPointRangeException.class,
            error -> {
              assertThat(error.variable()).isEqualTo("layer0/kernel");
              assertThat(error.step()).isBetween(1, 20);
              assertThat(error).hasMessageContaining("2048");
            });
  }

  @Test
  void gradient_nearTheEndOfTheRange_isNoError() {
    MomentumSchedule still = MomentumSchedule.constant(3, 1, 1e-9, 0.9, 0);
    List<double[]> start = List.of(new double[] {2047.5, -2047.5, 0});
    ReversibleGradient gradient =
        Trainings.run(
            tf -> new Quadratic<>(TFloat64.class),
            TFloat64.class,
            MomentumRule.HEAVY_BALL,
            ONE,
            start,
            still);
    assertThat(gradient.finalWeights().get(0)).containsExactly(start.get(0), within(1e-3));
    assertThatThrownBy(
            () ->
                Trainings.run(
                    tf -> new Quadratic<>(TFloat64.class),
                    TFloat64.class,
                    MomentumRule.HEAVY_BALL,
                    ONE,
                    start,
                    MomentumSchedule.constant(3, 1, 2.01, 0.9, 0)))
        .isInstanceOf(FixedPointRangeException.class)
        .hasMessageContaining("layer0/kernel: a velocity in step 0");
    assertThatThrownBy(
            () ->
                Trainings.run(
                    tf -> new Quadratic<>(TFloat64.class),
                    TFloat64.class,
                    MomentumRule.HEAVY_BALL,
                    ONE,
                    List.of(new double[] {2048, 0, 0}),
                    still))
        .isInstanceOf(FixedPointRangeException.class)
        .hasMessageContaining("layer0/kernel");
  }

  /** A loss whose gradient is not a number. */
  private static final class Broken implements InnerProblem<TFloat64> {
    @Override
    public Operand<TFloat64> trainingLoss(
        Ops tf, List<Operand<TFloat64>> weights, Operand<TInt32> step) {
      return tf.sum(tf.math.sqrt(tf.math.neg(tf.math.square(weights.get(0)))), tf.constant(0));
    }

    @Override
    public Operand<TFloat64> validationLoss(Ops tf, List<Operand<TFloat64>> weights) {
      return tf.sum(weights.get(0), tf.constant(0));
    }
  }

  @Test
  void gradient_notANumber_isReportedWithItsVariable() {
    assertThatThrownBy(
            () ->
                Trainings.run(
                    tf -> new Broken(),
                    TFloat64.class,
                    MomentumRule.DAMPED,
                    ONE,
                    START,
                    MomentumSchedule.constant(2, 1, 0.1, 0.9, 0)))
        .isInstanceOf(FixedPointRangeException.class)
        .hasMessageContaining("layer0/kernel");
  }

  /** A loss that draws noise anew whenever it is computed. */
  private static final class Noisy implements InnerProblem<TFloat64> {
    @Override
    public Operand<TFloat64> trainingLoss(
        Ops tf, List<Operand<TFloat64>> weights, Operand<TInt32> step) {
      Operand<TFloat64> noise =
          tf.random.randomStandardNormal(tf.shape(weights.get(0)), TFloat64.class);
      return tf.sum(tf.math.mul(weights.get(0), tf.stopGradient(noise)), tf.constant(0));
    }

    @Override
    public Operand<TFloat64> validationLoss(Ops tf, List<Operand<TFloat64>> weights) {
      return tf.sum(weights.get(0), tf.constant(0));
    }
  }

  @Test
  void gradient_lossThatDoesNotRepeat_isRefused() {
    assertThatThrownBy(
            () ->
                Trainings.run(
                    tf -> new Noisy(),
                    TFloat64.class,
                    MomentumRule.DAMPED,
                    ONE,
                    START,
                    MomentumSchedule.constant(5, 1, 0.1, 0.9, 0)))
        .isInstanceOf(IrreversibleException.class)
        .hasMessageContaining("layer0/kernel");
  }

  @Test
  void schedule_outOfRange_isRefusedWithItsPlace() {
    assertThatThrownBy(() -> MomentumSchedule.constant(2, 3, 0.1, 1, 0))
        .hasMessageContaining("momentum of step 0, layer 0: 1.0");
    assertThatThrownBy(() -> MomentumSchedule.constant(2, 3, 0, 0.5, 0))
        .hasMessageContaining("learning rate of step 0, layer 0: 0.0");
    assertThatThrownBy(() -> MomentumSchedule.constant(0, 3, 0.1, 0.5, 0))
        .hasMessageContaining("at least one step");
  }

  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-7 * Math.abs(expected) + 1e-9));
  }

  private static Operand<TFloat64> part(Ops tf, Operand<TFloat64> packed, int from, int count) {
    return tf.slice(packed, tf.constant(new int[] {from}), tf.constant(new int[] {count}));
  }
}
