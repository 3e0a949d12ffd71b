package io.tandem.graph.hypergradient.reversible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.testing.OraclePerceptron;
import io.tandem.testing.Oracles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Reversible training must give the numbers of an independent program in exact arithmetic, and,
 * with the other convention of momentum, the hypergradients of a real network.
 */
class ReversibleOracleTest {
  /** {@code 800 sigmoid(u/500)}, {@code u = 100(x₂ - x₁²)² + (1-x₁)² + 200x₁}. */
  private static final class Valley implements InnerProblem<TFloat64> {
    @Override
    public Operand<TFloat64> trainingLoss(
        Ops tf, List<Operand<TFloat64>> weights, Operand<TInt32> step) {
      List<? extends Operand<TFloat64>> x = tf.unstack(weights.get(0), 2L).output();
      Operand<TFloat64> bend = tf.math.sub(x.get(1), tf.math.square(x.get(0)));
      Operand<TFloat64> valley = tf.math.mul(tf.constant(100.0), tf.math.square(bend));
      Operand<TFloat64> slope =
          tf.math.add(
              tf.math.square(tf.math.sub(tf.constant(1.0), x.get(0))),
              tf.math.mul(tf.constant(200.0), x.get(0)));
      Operand<TFloat64> u = tf.math.div(tf.math.add(valley, slope), tf.constant(500.0));
      return tf.math.mul(tf.constant(800.0), tf.math.sigmoid(u));
    }

    @Override
    public Operand<TFloat64> validationLoss(Ops tf, List<Operand<TFloat64>> weights) {
      return trainingLoss(tf, weights, tf.constant(0));
    }
  }

  @Test
  void gradient_dampedMomentum_agreesWithExactArithmetic() throws IOException {
    JsonNode cases = Oracles.read("closed_forms.json").get("reversible_momentum").get("cases");
    for (JsonNode reference : cases) {
      int steps = reference.get("steps").asInt();
      double[] start = Oracles.flat(reference.get("x0"));
      MomentumSchedule schedule =
          new MomentumSchedule(
              Trainings.column(map(reference.get("log_alpha"), Math::exp)),
              Trainings.column(
                  map(reference.get("logit_beta"), logit -> 1 / (1 + Math.exp(-logit)))),
              new double[steps][1]);
      ReversibleGradient gradient =
          Trainings.run(
              tf -> new Valley(),
              TFloat64.class,
              MomentumRule.DAMPED,
              List.of(new TrainedVariable("x", Shape.of(start.length), 0)),
              List.of(start),
              schedule);
      assertThat(gradient.finalLoss())
          .isCloseTo(reference.get("final_loss").asDouble(), within(1e-9));
      compare(
          Trainings.column(gradient.schedule().logLearningRate()),
          Oracles.flat(reference.get("d_log_alpha")),
          1e-7);
      compare(
          Trainings.column(gradient.schedule().logitMomentum()),
          Oracles.flat(reference.get("d_logit_beta")),
          1e-7);
      assertThat(Arrays.stream(gradient.buffer().get(0).bitLengths()).asDoubleStream().toArray())
          .containsExactly(Oracles.flat(reference.get("buffer_bits_per_coordinate")));
    }
  }

  @Test
  void gradient_heavyBallFloat64_agreesWithReference() throws IOException {
    check(TFloat64.class, 1e-6);
  }

  @Test
  void gradient_heavyBallFloat32_agreesWithReference() throws IOException {
    check(TFloat32.class, 1e-3);
  }

  private static <T extends TNumber> void check(Class<T> type, double relative) throws IOException {
    JsonNode file = Oracles.read("unrolled_mlp.json");
    for (JsonNode reference : file.get("cases")) {
      int steps = reference.get("steps").asInt();
      double decay = Math.exp(reference.get("log_weight_decay").asDouble());
      double[] decays = new double[steps];
      Arrays.fill(decays, decay);
      MomentumSchedule schedule =
          new MomentumSchedule(
              Trainings.column(map(reference.get("log_learning_rate"), Math::exp)),
              Trainings.column(Oracles.flat(reference.get("momentum"))),
              Trainings.column(decays));
      ReversibleGradient gradient =
          Trainings.run(
              tf -> OraclePerceptron.of(tf, file, type),
              type,
              MomentumRule.HEAVY_BALL,
              Trainings.perceptronVariables(file),
              Trainings.perceptronStart(file),
              schedule);
      compare(
          Trainings.column(gradient.schedule().logLearningRate()),
          Oracles.flat(reference.get("d_log_learning_rate")),
          relative);
      compare(
          Trainings.column(gradient.schedule().momentum()),
          Oracles.flat(reference.get("d_momentum")),
          relative);
      double byLogDecay =
          Arrays.stream(Trainings.column(gradient.schedule().logWeightDecay())).sum();
      compare(
          new double[] {byLogDecay}, Oracles.flat(reference.get("d_log_weight_decay")), relative);
      compare(
          new double[] {norm(gradient.initialWeights())},
          Oracles.flat(reference.get("d_initial_weights_l2")),
          relative);
      compare(
          gradient.initialWeights().get(OraclePerceptron.NAMES.indexOf("b1")),
          Oracles.flat(reference.get("d_initial_b1")),
          relative);
      compare(
          new double[] {gradient.finalLoss()},
          Oracles.flat(reference.get("validation_loss")),
          relative);
      compare(
          new double[] {norm(gradient.finalWeights())},
          Oracles.flat(reference.get("final_weights_l2")),
          relative);
    }
  }

  private static void compare(double[] actual, double[] expected, double relative) {
    double scale = norm(List.of(expected));
    assertThat(actual).containsExactly(expected, within(relative * scale + 1e-12));
  }

  private static double[] map(JsonNode values, DoubleUnaryOperator operator) {
    return Arrays.stream(Oracles.flat(values)).map(operator).toArray();
  }

  private static double norm(List<double[]> arrays) {
    return Math.sqrt(arrays.stream().flatMapToDouble(Arrays::stream).map(x -> x * x).sum());
  }
}
