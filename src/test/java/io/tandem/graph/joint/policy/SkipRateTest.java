package io.tandem.graph.joint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.controller.Controller;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.joint.response.SampleOutcome;
import io.tandem.graph.joint.response.SampledResponse;
import io.tandem.space.Choices;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Decision;
import io.tandem.space.Filters;
import io.tandem.space.MacroSpace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How often layers are added in is a prior of the search: the penalty has to bring it about. */
class SkipRateTest {
  private static final MacroSpace SPACE =
      new MacroSpace(6, new Filters(8), List.of(ConvolutionOperation.values()), true, 0);
  private static final int SAMPLES = 10;

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.4, 0.7})
  void updates_withPenalty_moveTheRateToItsTarget(double target) {
    assertThat(rateAfterUpdates(target, 0.8)).isCloseTo(target, within(0.04));
  }

  @Test
  void updates_withoutPenalty_leaveTheRate() {
    assertThat(rateAfterUpdates(0.25, 0)).isCloseTo(0.5, within(0.06));
  }

  /** Mean rate of what is drawn behind updates in which no sample is better than another. */
  private static double rateAfterUpdates(double target, double weight) {
    ControllerSettings settings =
        new ControllerSettings(64, 0.1, 0, 1.5, 3.5e-3, 0, 1e-3, 1e-4, target, weight, 1, false);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Controller<TFloat32> controller =
          new Controller<>(tf, TFloat32.class, settings, SPACE.decisions(), List.of(), 1);
      PolicyProgram<TFloat32> program =
          new PolicyProgram<>(graph, session, controller, settings, 10, SPACE.integers(), 0, 0);
      session.initialize();
      for (int step = 1; step <= 200; step++) {
        List<Choices> drawn = program.sample(SAMPLES, 1, step);
        List<SampleOutcome> outcomes = new ArrayList<>();
        drawn.forEach(choices -> outcomes.add(new SampleOutcome(1, 1, new double[0], false)));
        program.update(SampledResponse.estimate(drawn, outcomes, 1, 1, step));
      }
      return rate(program.sample(200, 2, 0));
    }
  }

  private static double rate(List<Choices> drawn) {
    double added = 0;
    double bits = 0;
    for (Choices choices : drawn) {
      int column = 0;
      for (Decision decision : SPACE.decisions()) {
        for (int bit = 0; decision instanceof Decision.Skips && bit < decision.width(); bit++) {
          added += choices.discrete().get(column + bit);
          bits++;
        }
        column += decision.width();
      }
    }
    return added / bits;
  }
}
