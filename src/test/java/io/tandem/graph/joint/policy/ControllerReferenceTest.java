package io.tandem.graph.joint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.controller.Controller;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.joint.response.LeaveOneOut;
import io.tandem.graph.joint.response.SampledResponse;
import io.tandem.space.Choices;
import io.tandem.space.Decision;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * Heads, densities, temperature, tanh constant, entropy and skip penalty agree with the formulas in
 * plain Java, and the gradients with differences of these.
 */
final class ControllerReferenceTest {
  private static final List<Decision> ARCHITECTURE =
      List.of(
          new Decision.Categorical("layer0/op", 3),
          new Decision.Categorical("layer1/op", 2),
          new Decision.Skips("layer1/skips", 1),
          new Decision.Categorical("layer2/op", 3),
          new Decision.Skips("layer2/skips", 2));
  private static final List<Decision> OPTIMIZER =
      List.of(
          new Decision.Categorical("optimizer/family", 4),
          new Decision.Continuous("optimizer/a"),
          new Decision.Continuous("optimizer/b"));
  private static final double STEP = 1e-6;

  private static ControllerSettings settings(double temperature, double tanhConstant) {
    return new ControllerSettings(
        4, 0.7, temperature, tanhConstant, 1e-3, 0, 1e-3, 0.3, 0.4, 0.8, 1.3, false);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 0", "0, 1.5", "5, 2.5"})
  void samples_anySettings_agreeWithTheReferenceAndItsDifferences(
      double temperature, double tanhConstant) {
    ControllerSettings settings = settings(temperature, tanhConstant);
    List<Decision> all = new ArrayList<>(ARCHITECTURE);
    all.addAll(OPTIMIZER);
    ReferenceController reference = new ReferenceController(settings, all);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Fixture fixture = new Fixture(graph, session, settings, OPTIMIZER);
      List<Choices> drawn = fixture.program.sample(5, 3, 1);
      double[] logs = fixture.program.logProbabilities(drawn);
      double[] densities = fixture.program.logDensities(drawn);
      for (int m = 0; m < logs.length; m++) {
        ReferenceController.Said said = reference.of(fixture.parameters, drawn.get(m));
        assertThat(logs[m]).isCloseTo(said.logDiscrete(), within(1e-12));
        assertThat(densities[m]).isCloseTo(said.density(), within(1e-10));
      }
      double[] losses = {0.3, -1.2, 0.8, 2.1, 0.05};
      PolicyGradient gradient =
          fixture.program.gradient(SampledResponse.score(drawn, losses, 3, 1));
      double[] centred = LeaveOneOut.centred(losses);
      agree(
          gradient.response(),
          fixture.parameters,
          parameters -> {
            double sum = 0;
            for (int m = 0; m < centred.length; m++) {
              ReferenceController.Said said = reference.of(parameters, drawn.get(m));
              sum += centred[m] / centred.length * (said.logDiscrete() + said.density());
            }
            return sum;
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1.5", "5, 2.5"})
  void regulariser_entropyAndSkipPenalty_agreeWithTheReferenceAndItsDifferences(
      double temperature, double tanhConstant) {
    ControllerSettings settings = settings(temperature, tanhConstant);
    ReferenceController reference = new ReferenceController(settings, ARCHITECTURE);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Fixture fixture = new Fixture(graph, session, settings, List.of());
      List<Choices> drawn = fixture.program.sample(6, 3, 1);
      PolicyGradient gradient =
          fixture.program.gradient(SampledResponse.score(drawn, new double[6], 3, 1));
      assertThat(gradient.entropy())
          .isCloseTo(
              drawn.stream()
                  .mapToDouble(chosen -> reference.of(fixture.parameters, chosen).entropy())
                  .average()
                  .orElseThrow(),
              within(1e-12));
      agree(
          gradient.regulariser(),
          fixture.parameters,
          parameters ->
              drawn.stream()
                  .map(chosen -> reference.of(parameters, chosen))
                  .mapToDouble(said -> 0.8 * said.penalty() - 0.3 * said.entropy())
                  .average()
                  .orElseThrow());
    }
  }

  /** The entropy of a share is that of its density on (0, 1), by integration. */
  @Test
  void entropy_ofAContinuousDecision_isThatOfTheDensityOfTheShare() {
    ControllerSettings settings = settings(0, 0);
    List<Decision> one = List.of(new Decision.Continuous("optimizer/a"));
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Controller<TFloat64> controller =
          new Controller<>(Ops.create(graph), TFloat64.class, settings, List.of(), one, 5);
      PolicyProgram<TFloat64> program =
          new PolicyProgram<>(graph, session, controller, settings, 1, 0, 1, 0);
      session.initialize();
      int cells = 20_000;
      List<Choices> points = new ArrayList<>();
      for (int cell = 0; cell < cells; cell++) {
        points.add(new Choices(List.of(), List.of((cell + 0.5) / cells)));
      }
      double[] logs = program.logDensities(points);
      double mass = 0;
      double entropy = 0;
      for (int cell = 0; cell < cells; cell++) {
        double share = (cell + 0.5) / cells;
        double log = logs[cell] - Math.log(share * (1 - share));
        mass += Math.exp(log) / cells;
        entropy -= Math.exp(log) * log / cells;
      }
      assertThat(mass).isCloseTo(1, within(1e-4));
      List<Choices> drawn = program.sample(200_000, 1, 1);
      double estimate =
          program.gradient(SampledResponse.score(drawn, new double[drawn.size()], 1, 1)).entropy();
      assertThat(estimate).isCloseTo(entropy, within(0.01));
      // The draws have the distribution that the densities say.
      double mean = 0;
      for (int cell = 0; cell < cells; cell++) {
        double share = (cell + 0.5) / cells;
        mean += Math.exp(logs[cell]) / (1 - share) / cells;
      }
      assertThat(drawn.stream().mapToDouble(each -> each.continuous().get(0)).average())
          .hasValueCloseTo(mean, within(0.003));
    }
  }

  private static void agree(
      double[] gradient, double[] parameters, ToDoubleFunction<double[]> value) {
    assertThat(gradient).hasSameSizeAs(parameters);
    for (int index = 0; index < parameters.length; index++) {
      double[] moved = parameters.clone();
      moved[index] += STEP;
      double above = value.applyAsDouble(moved);
      moved[index] -= 2 * STEP;
      double slope = (above - value.applyAsDouble(moved)) / (2 * STEP);
      assertThat(gradient[index]).as("parameter " + index).isCloseTo(slope, within(1e-7));
    }
  }

  private static final class Fixture {
    private final PolicyProgram<TFloat64> program;
    private final double[] parameters;

    Fixture(Graph graph, Session session, ControllerSettings settings, List<Decision> optimizer) {
      Ops tf = Ops.create(graph);
      Controller<TFloat64> controller =
          new Controller<>(tf, TFloat64.class, settings, ARCHITECTURE, optimizer, 9);
      int discrete = ARCHITECTURE.stream().mapToInt(Decision::width).sum();
      int continuous = 0;
      for (Decision decision : optimizer) {
        boolean real = decision instanceof Decision.Continuous;
        discrete += real ? 0 : decision.width();
        continuous += real ? decision.width() : 0;
      }
      program =
          new PolicyProgram<>(graph, session, controller, settings, 1e6, discrete, continuous, 0);
      session.initialize();
      parameters = Doubles.fetch(session.runner(), List.of(controller.vector())).get(0);
    }
  }
}
