package io.tandem.graph.hypergradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.inner.InnerState;
import io.tandem.graph.inner.Momentum;
import io.tandem.graph.inner.OptimizerTensors;
import io.tandem.space.Hyperparameter;
import io.tandem.testing.Doubles;
import io.tandem.testing.OraclePerceptron;
import io.tandem.testing.Oracles;
import io.tandem.testing.Sessions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Hypergradients of a real network through up to 100 steps must equal those that another system
 * computed in float64.
 */
class UnrolledOracleTest {
  @Test
  void build_float64_agreesWithReference() throws IOException {
    JsonNode file = Oracles.read("unrolled_mlp.json");
    for (JsonNode reference : file.get("cases")) {
      check(new Unrolled(), file, reference, TFloat64.class, 1e-6);
    }
  }

  @Test
  void build_recomputing_agreesWithReference() throws IOException {
    JsonNode file = Oracles.read("unrolled_mlp.json");
    Unrolled recomputing = new Unrolled(new ResponseSettings.Unrolled(0, true));
    for (JsonNode reference : file.get("cases")) {
      if (reference.get("steps").asInt() <= 20) {
        check(recomputing, file, reference, TFloat64.class, 1e-6);
      }
    }
  }

  @Test
  void build_float32_agreesWithReference() throws IOException {
    JsonNode file = Oracles.read("unrolled_mlp.json");
    for (JsonNode reference : file.get("cases")) {
      check(new Unrolled(), file, reference, TFloat32.class, 1e-3);
    }
  }

  private static <T extends TNumber> void check(
      Unrolled estimator, JsonNode file, JsonNode reference, Class<T> type, double relative) {
    int steps = reference.get("steps").asInt();
    try (Graph graph = new Graph();
        Session session = Sessions.unoptimized(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<T>> weights = new ArrayList<>();
      for (String name : OraclePerceptron.NAMES) {
        JsonNode values = file.get("initial").get(name);
        weights.add(tensor(tf, Oracles.flat(values), OraclePerceptron.shape(values), type));
      }
      Operand<T> logDecay = scalar(tf, reference.get("log_weight_decay").asDouble(), type);
      List<Operand<T>> rates = new ArrayList<>();
      List<Operand<T>> momenta = new ArrayList<>();
      List<OptimizerTensors<T>> optimizers = new ArrayList<>();
      Operand<T> decay = tf.math.exp(logDecay);
      for (int step = 0; step < steps; step++) {
        rates.add(scalar(tf, reference.get("log_learning_rate").get(step).asDouble(), type));
        momenta.add(scalar(tf, reference.get("momentum").get(step).asDouble(), type));
        optimizers.add(
            new OptimizerTensors<>(
                tf.constant(0),
                Map.of(
                    Hyperparameter.LEARNING_RATE, tf.math.exp(rates.get(step)),
                    Hyperparameter.MOMENTUM, momenta.get(step),
                    Hyperparameter.WEIGHT_DECAY, decay),
                scalar(tf, 1, type)));
      }
      List<Operand<T>> hyperparameters = new ArrayList<>(rates);
      hyperparameters.addAll(momenta);
      hyperparameters.add(logDecay);
      hyperparameters.addAll(weights);
      Hypergradient<T> result =
          estimator.build(
              tf,
              OraclePerceptron.of(tf, file, type),
              new UnrolledInput<>(new Momentum(), InnerState.fresh(tf, weights), optimizers),
              hyperparameters);
      List<Operand<T>> fetches = new ArrayList<>(result.total(tf));
      fetches.add(result.lossAfter());
      fetches.addAll(result.finalWeights());
      fetches.addAll(result.direct().subList(0, 2 * steps + 1));
      List<double[]> values = Doubles.fetch(session.runner(), fetches);
      compare(
          join(values.subList(0, steps)),
          Oracles.flat(reference.get("d_log_learning_rate")),
          relative);
      compare(
          join(values.subList(steps, 2 * steps)),
          Oracles.flat(reference.get("d_momentum")),
          relative);
      compare(values.get(2 * steps), Oracles.flat(reference.get("d_log_weight_decay")), relative);
      int first = 2 * steps + 1;
      compare(
          new double[] {norm(values.subList(first, first + 4))},
          Oracles.flat(reference.get("d_initial_weights_l2")),
          relative);
      compare(values.get(first + 1), Oracles.flat(reference.get("d_initial_b1")), relative);
      compare(values.get(first + 4), Oracles.flat(reference.get("validation_loss")), relative);
      compare(
          new double[] {norm(values.subList(first + 5, first + 9))},
          Oracles.flat(reference.get("final_weights_l2")),
          relative);
      for (double[] direct : values.subList(first + 9, values.size())) {
        assertThat(direct).containsOnly(0);
      }
    }
  }

  private static void compare(double[] actual, double[] expected, double relative) {
    // Element by element; only one far smaller than the array is compared with the array.
    double floor = 1e-3 * norm(List.of(expected));
    for (int index = 0; index < expected.length; index++) {
      double scale = Math.max(Math.abs(expected[index]), floor);
      assertThat(actual[index]).isCloseTo(expected[index], within(relative * scale + 1e-12));
    }
  }

  private static double[] join(List<double[]> scalars) {
    return scalars.stream().mapToDouble(values -> values[0]).toArray();
  }

  private static double norm(List<double[]> arrays) {
    double square = 0;
    for (double[] array : arrays) {
      for (double value : array) {
        square += value * value;
      }
    }
    return Math.sqrt(square);
  }

  private static <T extends TNumber> Operand<T> scalar(Ops tf, double value, Class<T> type) {
    return tf.dtypes.cast(tf.constant(value), type);
  }

  private static <T extends TNumber> Operand<T> tensor(
      Ops tf, double[] values, Shape shape, Class<T> type) {
    return tf.dtypes.cast(tf.constant(shape, DataBuffers.of(values)), type);
  }
}
