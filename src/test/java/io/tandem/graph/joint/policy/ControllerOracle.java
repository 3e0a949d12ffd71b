package io.tandem.graph.joint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.data.Dataset;
import io.tandem.data.Inputs;
import io.tandem.graph.child.SharedWeights;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.FamilySwitch;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.input.AugmentationSettings;
import io.tandem.graph.joint.ArchitectureGradient;
import io.tandem.graph.joint.ChildProgram;
import io.tandem.graph.joint.JointSettings;
import io.tandem.graph.joint.ResponseThrough;
import io.tandem.graph.joint.child.Rows;
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
import io.tandem.testing.Oracles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;

/**
 * The problem that the oracles of the controller's gradients share: a small network on shared
 * weights whose activations a table chooses.
 */
public final class ControllerOracle {
  private ControllerOracle() {}

  /** Rows per training batch, from the sentence that says which rows a step sees. */
  public static int batch(JsonNode oracle) {
    Matcher batch = Pattern.compile("\\[k\\*(\\d+)").matcher(oracle.path("about").asText());
    assertThat(batch.find()).isTrue();
    return Integer.parseInt(batch.group(1));
  }

  /** The child of the problem, with the oracle's weights still to be loaded. */
  public static ChildProgram<TFloat64> child(
      Graph graph, Session session, JsonNode problem, int steps, ResponseThrough through) {
    SearchSpace space = space(problem);
    InnerSettings inner = new InnerSettings(steps, 0.999, 1e-8);
    ChildProgram<TFloat64> child =
        new ChildProgram<>(
                graph,
                session,
                Placement.cpu(),
                TFloat64.class,
                space,
                Inputs.of(dataset(problem, "train")),
                Inputs.of(dataset(problem, "validation")),
                AugmentationSettings.none(),
                new FamilySwitch(space.families(), inner),
                inner,
                new JointSettings(through, ArchitectureGradient.SCORE))
            .withResponse(new Unrolled());
    child.load();
    return child;
  }

  public static ControllerSettings settings() {
    return new ControllerSettings(1, 0.1, 0, 0, 1e-3, 0, 1e-3, 0, 0.4, 0, 1, false);
  }

  static List<Activation> activations(JsonNode problem) {
    List<Activation> found = new ArrayList<>();
    problem
        .path("activations")
        .forEach(name -> found.add(Activation.valueOf(name.asText().toUpperCase(Locale.ROOT))));
    return found;
  }

  static List<Integer> widths(JsonNode problem) {
    List<Integer> widths = new ArrayList<>();
    for (int layer = 1; layer <= problem.path("logits").size(); layer++) {
      widths.add(problem.path("shared").path("b" + layer).size());
    }
    return widths;
  }

  static SearchSpace space(JsonNode problem) {
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

  static Map<Hyperparameter, Double> values(double rate) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, rate);
    values.put(Hyperparameter.CLIP_NORM, 1e6);
    return values;
  }

  public static Candidate candidate(JsonNode problem, List<Integer> discrete, double rate) {
    List<PerceptronArchitecture.Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < discrete.size(); layer++) {
      layers.add(
          new PerceptronArchitecture.Layer(
              widths(problem).get(layer),
              activations(problem).get(discrete.get(layer)),
              0,
              List.of()));
    }
    return new Candidate(
        new PerceptronArchitecture(layers),
        new OptimizerSettings(OptimizerFamily.SGD, Schedule.CONSTANT, values(rate)));
  }

  static Dataset dataset(JsonNode problem, String part) {
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

  /** The batches of the oracle from a step on, and all validation rows. */
  public static Rows rows(int first, int steps, int batch, int validationRows) {
    int[][] training = new int[steps][batch];
    for (int k = 0; k < steps; k++) {
      for (int row = 0; row < batch; row++) {
        training[k][row] = (first + k) * batch + row;
      }
    }
    int[] validation = new int[validationRows];
    for (int row = 0; row < validationRows; row++) {
      validation[row] = row;
    }
    return new Rows(training, validation, 1, 1);
  }

  /** Puts the oracle's weights into the corners of the shared variables. */
  public static void load(
      Ops tf, Session session, JsonNode shared, SharedWeights<TFloat64> network) {
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

  public static void compare(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int index = 0; index < expected.length; index++) {
      assertThat(actual[index])
          .isCloseTo(expected[index], within(1e-9 + 1e-6 * Math.abs(expected[index])));
    }
  }
}
