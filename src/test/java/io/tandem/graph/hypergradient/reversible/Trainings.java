package io.tandem.graph.hypergradient.reversible;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.core.Precision;
import io.tandem.graph.inner.InnerProblem;
import io.tandem.graph.session.Device;
import io.tandem.graph.session.RuntimeSettings;
import io.tandem.graph.session.SessionConfig;
import io.tandem.testing.OraclePerceptron;
import io.tandem.testing.Oracles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.family.TNumber;

/** Reversible trainings in a graph of their own. */
final class Trainings {
  private Trainings() {}

  /** The session that reversible training needs. */
  static ConfigProto config() {
    return SessionConfig.ofBranches(new RuntimeSettings(Device.CPU, 0, 0, true, Precision.FLOAT32));
  }

  /** Trains and differentiates; the problem is built in the graph. */
  static <T extends TNumber> ReversibleGradient run(
      Function<Ops, InnerProblem<T>> problem,
      Class<T> type,
      MomentumRule rule,
      List<TrainedVariable> variables,
      List<double[]> start,
      MomentumSchedule schedule) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, config())) {
      Ops tf = Ops.create(graph);
      Reversible<T> reversible =
          new Reversible<>(
              tf, new ReversibleInput<>(problem.apply(tf), type, variables, List.of(), rule));
      return reversible.gradient(session, start, schedule, runner -> {});
    }
  }

  /** The weights of the reference network, all in one layer. */
  static List<TrainedVariable> perceptronVariables(JsonNode file) {
    return OraclePerceptron.NAMES.stream()
        .map(
            name ->
                new TrainedVariable(name, OraclePerceptron.shape(file.get("initial").get(name)), 0))
        .toList();
  }

  /** Their initial values. */
  static List<double[]> perceptronStart(JsonNode file) {
    List<double[]> start = new ArrayList<>();
    OraclePerceptron.NAMES.forEach(name -> start.add(Oracles.flat(file.get("initial").get(name))));
    return start;
  }

  /** {@code [steps, 1]} of {@code [steps]}. */
  static double[][] column(double[] values) {
    double[][] column = new double[values.length][1];
    for (int row = 0; row < values.length; row++) {
      column[row][0] = values[row];
    }
    return column;
  }

  /** {@code [steps]} of {@code [steps, 1]}. */
  static double[] column(double[][] values) {
    double[] column = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      column[row] = values[row][0];
    }
    return column;
  }
}
