package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.data.Dataset;
import io.tandem.graph.child.SharedPerceptron;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.controller.Policy;
import io.tandem.graph.controller.PolicySample;
import io.tandem.graph.controller.SampleSource;
import io.tandem.graph.core.Placement;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.space.Activation;
import io.tandem.space.Architecture;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import io.tandem.space.PerceptronSpace;
import io.tandem.space.Range;
import io.tandem.space.Schedule;
import io.tandem.space.SearchSpace;
import io.tandem.testing.Oracles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * The sampled response (method A) is exact: with every sample enumerated, the shared child, the
 * unrolled loop and the surrogate give the gradients that an independent program computed.
 * Everything is read from the oracle's files, so that other files of the same form check other
 * cases.
 */
final class SampledResponseOracleTest {
  @Test
  void gradients_ofEnumeratedSamples_equalTheOracle() throws IOException {
    JsonNode problem = Oracles.read("controller_shared_response.json");
    JsonNode oracle = Oracles.read("controller_sampled_response.json");
    Matcher batch = Pattern.compile("\\[k\\*(\\d+)").matcher(oracle.path("about").asText());
    assertThat(batch.find()).isTrue();
    for (JsonNode expected : oracle.path("cases")) {
      check(problem, expected, Integer.parseInt(batch.group(1)));
    }
  }

  private static void check(JsonNode problem, JsonNode expected, int batch) {
    SearchSpace space = space(problem);
    Dataset training = dataset(problem, "train");
    Dataset validation = dataset(problem, "validation");
    InnerSettings inner = new InnerSettings(expected.path("steps").asInt(), 0.999, 1e-8);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      double[] noise = Oracles.flat(expected.path("noise"));
      int architectures = problem.path("architectures").size();
      double[] noises = new double[architectures * noise.length];
      for (int m = 0; m < noises.length; m++) {
        noises[m] = noise[m % noise.length];
      }
      Table table = Table.of(tf, problem.path("logits"), expected, noises);
      int choices = problem.path("logits").size();
      PolicyProgram<TFloat64> policy =
          new PolicyProgram<>(graph, session, table, settings(), 1, choices, 1);
      ChildProgram<TFloat64> child =
          new ChildProgram<>(
              graph,
              session,
              Placement.cpu(),
              TFloat64.class,
              space,
              training,
              validation,
              new FamilySwitch(space.optimizer().families(), inner),
              inner,
              new Unrolled());
      session.initialize();
      load(tf, session, problem.path("shared"), child.network());

      List<Choices> samples = new ArrayList<>();
      List<SampleOutcome> outcomes = new ArrayList<>();
      for (int m = 0; m < noises.length; m++) {
        JsonNode chosen = problem.path("architectures").get(m / noise.length);
        double rate =
            Math.exp(
                expected.path("mean_log_lr").asDouble()
                    + expected.path("std_log_lr").asDouble() * noises[m]);
        List<Integer> discrete = new ArrayList<>();
        chosen.forEach(choice -> discrete.add(choice.asInt()));
        samples.add(new Choices(discrete, List.of(rate)));
        Response response =
            child.respond(
                candidate(problem, space, discrete, rate),
                1,
                rows(inner.unrollSteps(), batch, validation.rows()));
        double reference =
            expected.path("validation_loss").get(m / noise.length).get(m % noise.length).asDouble();
        assertThat(response.after()).isCloseTo(reference, within(1e-9));
        assertThat(response.direct()).containsExactly(0.0);
        outcomes.add(
            new SampleOutcome(response.before(), response.after(), response.response(), false));
      }
      double[] weights = policy.logProbabilities(samples);
      for (int m = 0; m < weights.length; m++) {
        weights[m] = Math.exp(weights[m]) / noise.length;
      }
      PolicyGradient gradient =
          policy.gradient(SampledResponse.enumerate(samples, outcomes, weights));
      double[] direct = Oracles.flat(expected.path("direct_logits"));
      compare(gradient.direct(), Arrays.copyOf(direct, direct.length + 2));
      assertThat(Arrays.copyOfRange(gradient.direct(), direct.length, direct.length + 2))
          .containsExactly(0.0, 0.0);
      double[] response =
          Arrays.copyOf(Oracles.flat(expected.path("response_logits")), direct.length + 2);
      response[direct.length] = expected.path("outer_mean").asDouble();
      response[direct.length + 1] = expected.path("outer_std").asDouble();
      compare(gradient.response(), response);
    }
  }

  /** Independent softmax choices and a Gaussian log learning rate, as in the oracle. */
  private record Table(
      Ops tf,
      Variable<TFloat64> vector,
      Operand<TFloat64> logits,
      Operand<TFloat64> mean,
      Operand<TFloat64> std,
      double[] noises)
      implements Policy<TFloat64> {
    static Table of(Ops tf, JsonNode logits, JsonNode expected, double[] noises) {
      double[] table = Oracles.flat(logits);
      double[] all = Arrays.copyOf(table, table.length + 2);
      all[table.length] = expected.path("mean_log_lr").asDouble();
      all[table.length + 1] = expected.path("std_log_lr").asDouble();
      Variable<TFloat64> vector = tf.variable(tf.constant(all));
      List<? extends Operand<TFloat64>> parts =
          tf.splitV(vector, tf.constant(new int[] {table.length, 1, 1}), tf.constant(0), 3L)
              .output();
      Operand<TInt32> scalar = tf.constant(new int[0]);
      return new Table(
          tf,
          vector,
          tf.reshape(parts.get(0), tf.constant(new int[] {logits.size(), logits.get(0).size()})),
          tf.reshape(parts.get(1), scalar),
          tf.reshape(parts.get(2), scalar),
          noises);
    }

    @Override
    public PolicySample<TFloat64> sample(SampleSource source) {
      int options = (int) logits.shape().get(1);
      Operand<TFloat64> chosen =
          tf.oneHot(source.recorded(), tf.constant(options), tf.constant(1.0), tf.constant(0.0));
      Operand<TFloat64> log =
          tf.reduceSum(
              tf.math.mul(chosen, tf.nn.logSoftmax(logits)), tf.constant(new int[] {1, 2}));
      Operand<TFloat64> rate =
          tf.math.exp(tf.math.add(mean, tf.math.mul(std, tf.constant(noises))));
      Operand<TFloat64> zeros = tf.zerosLike(log);
      return new PolicySample<>(
          source.recorded(),
          tf.expandDims(rate, tf.constant(1)),
          log,
          log,
          zeros,
          zeros,
          zeros,
          vector,
          List.of(logits, mean, std));
    }
  }

  private static ControllerSettings settings() {
    return new ControllerSettings(1, 0.1, 0, 0, 1e-3, 0, 1e-3, 0, 0.4, 0, 1);
  }

  private static List<Activation> activations(JsonNode problem) {
    List<Activation> found = new ArrayList<>();
    problem
        .path("activations")
        .forEach(name -> found.add(Activation.valueOf(name.asText().toUpperCase(Locale.ROOT))));
    return found;
  }

  private static List<Integer> widths(JsonNode problem) {
    List<Integer> widths = new ArrayList<>();
    for (int layer = 1; layer <= problem.path("logits").size(); layer++) {
      widths.add(problem.path("shared").path("b" + layer).size());
    }
    return widths;
  }

  private static SearchSpace space(JsonNode problem) {
    List<Integer> widths = widths(problem);
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    values(0).forEach((name, value) -> ranges.put(name, Range.fixed(value)));
    ranges.put(Hyperparameter.LEARNING_RATE, new Range(1e-6, 10));
    return new SearchSpace(
        new PerceptronSpace(
            widths.size(),
            List.copyOf(new TreeSet<>(widths)),
            activations(problem),
            List.of(0.0),
            false),
        new OptimizerSpace(List.of(OptimizerFamily.SGD), List.of(Schedule.CONSTANT), ranges, 0));
  }

  private static Map<Hyperparameter, Double> values(double rate) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, rate);
    values.put(Hyperparameter.CLIP_NORM, 1e6);
    return values;
  }

  private static Candidate candidate(
      JsonNode problem, SearchSpace space, List<Integer> discrete, double rate) {
    List<Architecture.Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < discrete.size(); layer++) {
      layers.add(
          new Architecture.Layer(
              widths(problem).get(layer),
              space.architecture().activations().get(discrete.get(layer)),
              0,
              List.of()));
    }
    return new Candidate(
        new Architecture(layers),
        new OptimizerSettings(OptimizerFamily.SGD, Schedule.CONSTANT, values(rate)));
  }

  private static Dataset dataset(JsonNode problem, String part) {
    JsonNode x = problem.path(part + "_x");
    double[] flat = Oracles.flat(x);
    float[] features = new float[flat.length];
    for (int index = 0; index < flat.length; index++) {
      features[index] = (float) flat[index];
    }
    int[] labels = new int[x.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = problem.path(part + "_y").get(row).asInt();
    }
    List<String> classes = new ArrayList<>();
    for (int index = 0; index < problem.path("classes").asInt(); index++) {
      classes.add(Integer.toString(index));
    }
    List<String> names = new ArrayList<>();
    for (int column = 0; column < x.get(0).size(); column++) {
      names.add("x" + column);
    }
    return new Dataset(features, x.get(0).size(), labels, classes, names);
  }

  private static Rows rows(int steps, int batch, int validationRows) {
    int[][] training = new int[steps][batch];
    for (int k = 0; k < steps; k++) {
      for (int row = 0; row < batch; row++) {
        training[k][row] = k * batch + row;
      }
    }
    int[] validation = new int[validationRows];
    for (int row = 0; row < validationRows; row++) {
      validation[row] = row;
    }
    return new Rows(training, validation, 1, 1);
  }

  /** Puts the oracle's weights into the corners of the shared variables. */
  private static void load(
      Ops tf, Session session, JsonNode shared, SharedPerceptron<TFloat64> network) {
    List<Variable<TFloat64>> variables = network.weights();
    for (int index = 0; index < variables.size(); index++) {
      JsonNode values = shared.path((index % 2 == 0 ? "w" : "b") + (index / 2 + 1));
      Shape shape = network.shape(index);
      List<Double> padded = new ArrayList<>(Collections.nCopies((int) shape.size(), 0.0));
      int columns = (int) shape.get(shape.numDimensions() - 1);
      int rows = index % 2 == 0 ? values.size() : 1;
      for (int row = 0; row < rows; row++) {
        JsonNode line = index % 2 == 0 ? values.get(row) : values;
        for (int column = 0; column < line.size(); column++) {
          padded.set(row * columns + column, line.get(column).asDouble());
        }
      }
      double[] flat = padded.stream().mapToDouble(Double::doubleValue).toArray();
      session
          .runner()
          .addTarget(
              network.assign(index, variables.get(index), tf.constant(shape, DataBuffers.of(flat))))
          .run()
          .close();
    }
  }

  private static void compare(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int index = 0; index < expected.length; index++) {
      assertThat(actual[index])
          .isCloseTo(expected[index], within(1e-9 + 1e-6 * Math.abs(expected[index])));
    }
  }
}
