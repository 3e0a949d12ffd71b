package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.joint.policy.ControllerOracle;
import io.tandem.graph.joint.policy.PolicyGradient;
import io.tandem.graph.joint.policy.PolicyProgram;
import io.tandem.graph.joint.policy.TablePolicy;
import io.tandem.graph.joint.response.SharedDraw;
import io.tandem.graph.joint.response.SharedOutcome;
import io.tandem.graph.joint.response.SharedResponse;
import io.tandem.space.Choices;
import io.tandem.testing.Oracles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * The shared response (method B) is exact: with every architecture in every step, weighted by its
 * probability, the adjoints give the gradients that an independent program computed. Everything is
 * read from the oracle's file.
 */
final class SharedResponseOracleTest {
  /** Step of the central difference by the logarithm of the learning rate. */
  private static final double STEP = 1e-5;

  @Test
  void gradients_ofEnumeratedSamples_equalTheOracle() throws IOException {
    JsonNode oracle = Oracles.read("controller_shared_response.json");
    for (JsonNode expected : oracle.path("cases")) {
      try (Case one = new Case(oracle, expected)) {
        double logRate = Math.log(expected.path("learning_rate").asDouble());
        SharedOutcome outcome = one.measure(logRate);
        for (int n = 0; n < outcome.after().size(); n++) {
          double reference =
              expected.path("validation_loss_of_architecture_at_trained_weights").get(n).asDouble();
          assertThat(outcome.after().get(n).loss()).isCloseTo(reference, within(1e-9));
        }
        assertThat(one.objective(outcome))
            .isCloseTo(expected.path("expected_validation_loss").asDouble(), within(1e-9));
        PolicyGradient gradient =
            one.policy.gradient(SharedResponse.enumerate(one.samples, outcome));
        // Mean and standard deviation of the learning rate follow the logits.
        double[] direct = Oracles.flat(expected.path("direct_gradient"));
        int logits = direct.length;
        ControllerOracle.compare(gradient.direct(), Arrays.copyOf(direct, logits + 2));
        double[] response =
            Arrays.copyOf(Oracles.flat(expected.path("response_gradient")), logits + 2);
        response[logits] =
            (one.objective(one.measure(logRate + STEP))
                    - one.objective(one.measure(logRate - STEP)))
                / (2 * STEP);
        assertThat(gradient.response()[logits])
            .isCloseTo(response[logits], within(1e-9 + 1e-6 * Math.abs(response[logits])));
        response[logits] = gradient.response()[logits];
        ControllerOracle.compare(gradient.response(), response);
      }
    }
  }

  /** One case of the oracle in a graph of its own. */
  private static final class Case implements AutoCloseable {
    final List<Choices> samples = new ArrayList<>();
    final PolicyProgram<TFloat64> policy;
    private final JsonNode oracle;
    private final int steps;
    private final Graph graph = new Graph();
    private final Session session = new Session(graph);
    private final ChildProgram<TFloat64> child;
    private final double[] probabilities;

    Case(JsonNode oracle, JsonNode expected) {
      this.oracle = oracle;
      steps = expected.path("steps").asInt();
      int architectures = oracle.path("architectures").size();
      double rate = expected.path("learning_rate").asDouble();
      Ops tf = Ops.create(graph);
      double[] noises = new double[architectures * (steps + 1)];
      TablePolicy table = TablePolicy.of(tf, oracle.path("logits"), Math.log(rate), 0, noises);
      policy =
          new PolicyProgram<>(
              graph,
              session,
              table,
              ControllerOracle.settings(),
              1,
              oracle.path("logits").size(),
              1,
              0);
      child = ControllerOracle.child(graph, session, oracle, steps, ResponseThrough.SHARED);
      session.initialize();
      ControllerOracle.load(tf, session, oracle.path("shared"), child.network());
      for (int row = 0; row < noises.length; row++) {
        List<Integer> discrete = new ArrayList<>();
        oracle
            .path("architectures")
            .get(row % architectures)
            .forEach(choice -> discrete.add(choice.asInt()));
        samples.add(new Choices(discrete, List.of(rate)));
      }
      probabilities = policy.logProbabilities(samples);
      Arrays.setAll(probabilities, row -> Math.exp(probabilities[row]));
    }

    SharedOutcome measure(double logRate) {
      int architectures = oracle.path("architectures").size();
      List<SharedDraw> judges = draws(0, logRate, 0);
      List<List<SharedDraw>> path = new ArrayList<>();
      for (int k = 0; k < steps; k++) {
        path.add(draws(architectures * (k + 1), logRate, k));
      }
      return child.respond(judges, path);
    }

    private List<SharedDraw> draws(int first, double logRate, int step) {
      List<SharedDraw> draws = new ArrayList<>();
      for (int m = 0; m < oracle.path("architectures").size(); m++) {
        draws.add(
            new SharedDraw(
                ControllerOracle.candidate(
                    oracle, samples.get(first + m).discrete(), Math.exp(logRate)),
                1,
                ControllerOracle.rows(
                    step, 1, ControllerOracle.batch(oracle), oracle.path("validation_x").size()),
                probabilities[first + m]));
      }
      return draws;
    }

    double objective(SharedOutcome outcome) {
      double sum = 0;
      for (int n = 0; n < outcome.after().size(); n++) {
        sum += outcome.judges().get(n).weight() * outcome.after().get(n).loss();
      }
      return sum;
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
