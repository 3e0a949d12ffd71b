package io.tandem.graph.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tandem.graph.joint.policy.ControllerOracle;
import io.tandem.graph.joint.policy.PolicyGradient;
import io.tandem.graph.joint.policy.PolicyProgram;
import io.tandem.graph.joint.policy.TablePolicy;
import io.tandem.graph.joint.response.Response;
import io.tandem.graph.joint.response.SampleOutcome;
import io.tandem.graph.joint.response.SampledResponse;
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
    for (JsonNode expected : oracle.path("cases")) {
      check(problem, expected, ControllerOracle.batch(oracle));
    }
  }

  private static void check(JsonNode problem, JsonNode expected, int batch) {
    int steps = expected.path("steps").asInt();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      double[] noise = Oracles.flat(expected.path("noise"));
      int architectures = problem.path("architectures").size();
      double[] noises = new double[architectures * noise.length];
      for (int m = 0; m < noises.length; m++) {
        noises[m] = noise[m % noise.length];
      }
      double mean = expected.path("mean_log_lr").asDouble();
      double std = expected.path("std_log_lr").asDouble();
      TablePolicy table = TablePolicy.of(tf, problem.path("logits"), mean, std, noises);
      int choices = problem.path("logits").size();
      PolicyProgram<TFloat64> policy =
          new PolicyProgram<>(graph, session, table, ControllerOracle.settings(), 1, choices, 1, 0);
      ChildProgram<TFloat64> child =
          ControllerOracle.child(graph, session, problem, steps, ResponseThrough.SAMPLE);
      session.initialize();
      ControllerOracle.load(tf, session, problem.path("shared"), child.network());

      List<Choices> samples = new ArrayList<>();
      List<SampleOutcome> outcomes = new ArrayList<>();
      for (int m = 0; m < noises.length; m++) {
        JsonNode chosen = problem.path("architectures").get(m / noise.length);
        double rate = Math.exp(mean + std * noises[m]);
        List<Integer> discrete = new ArrayList<>();
        chosen.forEach(choice -> discrete.add(choice.asInt()));
        samples.add(new Choices(discrete, List.of(rate)));
        Response response =
            child.respond(
                ControllerOracle.candidate(problem, discrete, rate),
                1,
                ControllerOracle.rows(0, steps, batch, problem.path("validation_x").size()));
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
      ControllerOracle.compare(gradient.direct(), Arrays.copyOf(direct, direct.length + 2));
      assertThat(Arrays.copyOfRange(gradient.direct(), direct.length, direct.length + 2))
          .containsExactly(0.0, 0.0);
      double[] response =
          Arrays.copyOf(Oracles.flat(expected.path("response_logits")), direct.length + 2);
      response[direct.length] = expected.path("outer_mean").asDouble();
      response[direct.length + 1] = expected.path("outer_std").asDouble();
      ControllerOracle.compare(gradient.response(), response);
    }
  }
}
