package io.tandem.graph.joint.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.graph.controller.Controller;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.joint.response.SampleOutcome;
import io.tandem.graph.joint.response.SampledResponse;
import io.tandem.space.Choices;
import io.tandem.space.Decision;
import io.tandem.space.Range;
import io.tandem.space.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * A search is worth nothing if its controller cannot find what is known to be best: here the best
 * is planted, so that only the controller and its gradient estimate are on trial.
 */
final class PlantedPolicyTest {
  private static final ControllerSettings SETTINGS =
      new ControllerSettings(64, 0.1, 0, 1.5, 3.5e-3, 0, 1e-3, 1e-4, 0.4, 0, 1, false);
  private static final int SAMPLES = 8;
  private static final Range RATES = new Range(1e-3, 1);

  private static final List<Decision> SMALL =
      List.of(
          new Decision.Categorical("layer0/units", 3),
          new Decision.Categorical("layer1/units", 2),
          new Decision.Skips("layer1/skips", 1),
          new Decision.Categorical("layer2/units", 2),
          new Decision.Skips("layer2/skips", 2));

  @Test
  void logProbabilities_overAllChoices_sumToOne() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      PolicyProgram<TFloat64> program =
          program(graph, session, TFloat64.class, SMALL, List.of(), 7);
      double sum = 0;
      for (double log : program.logProbabilities(everything())) {
        sum += Math.exp(log);
      }
      assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
    }
  }

  @Test
  void sampledGradient_ofKnownLosses_agreesWithEnumeration() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      PolicyProgram<TFloat64> program =
          program(graph, session, TFloat64.class, SMALL, List.of(), 3);
      List<Choices> all = everything();
      double[] logs = program.logProbabilities(all);
      double[] weights = new double[logs.length];
      for (int m = 0; m < logs.length; m++) {
        weights[m] = Math.exp(logs[m]);
      }
      PolicyGradient enumerated =
          program.gradient(SampledResponse.enumerate(all, outcomes(all), weights));
      double[] exact = both(enumerated);
      int batches = 400;
      double[] sum = new double[exact.length];
      double[] squares = new double[exact.length];
      for (int batch = 0; batch < batches; batch++) {
        List<Choices> drawn = program.sample(16, 11, batch);
        double[] estimate =
            both(program.gradient(SampledResponse.estimate(drawn, outcomes(drawn), 1, 11, batch)));
        for (int index = 0; index < exact.length; index++) {
          sum[index] += estimate[index];
          squares[index] += estimate[index] * estimate[index];
        }
      }
      long outside = 0;
      for (int index = 0; index < exact.length; index++) {
        double mean = sum[index] / batches;
        double variance = squares[index] / batches - mean * mean;
        double error = Math.sqrt(Math.max(variance, 0) / batches);
        outside += Math.abs(mean - exact[index]) > 3 * error + 1e-12 ? 1 : 0;
      }
      // Parameters are strongly correlated; by chance 0.3 % lie outside three standard errors.
      assertThat((double) outside / exact.length).isLessThan(0.02);
    }
  }

  /** Direct, then response. */
  private static double[] both(PolicyGradient gradient) {
    return DoubleStream.concat(Arrays.stream(gradient.direct()), Arrays.stream(gradient.response()))
        .toArray();
  }

  @Test
  void search_withPlantedBestArchitecture_findsItInNineOfTenSeeds() {
    List<Decision> decisions = new ArrayList<>();
    for (int layer = 0; layer < 4; layer++) {
      decisions.add(new Decision.Categorical("layer" + layer + "/op", 4));
    }
    int found = 0;
    for (int seed = 1; seed <= 10; seed++) {
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        PolicyProgram<TFloat32> program =
            program(graph, session, TFloat32.class, decisions, List.of(), seed);
        for (int step = 1; step <= 300; step++) {
          List<Choices> drawn = program.sample(SAMPLES, seed, step);
          List<SampleOutcome> outcomes = new ArrayList<>();
          for (Choices choices : drawn) {
            double loss = 0;
            for (int layer = 0; layer < 4; layer++) {
              loss += choices.discrete().get(layer) == (layer * 3 + 1) % 4 ? 0 : 0.25;
            }
            outcomes.add(new SampleOutcome(loss, loss, new double[0], false));
          }
          program.update(SampledResponse.estimate(drawn, outcomes, 1, seed, step));
        }
        Choices planted = new Choices(List.of(1, 0, 3, 2), List.of());
        double best = program.logProbabilities(List.of(planted))[0];
        found += best > Math.log(0.5) ? 1 : 0;
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(9);
  }

  @Tag("slow")
  @Test
  void search_withPlantedInteraction_jointBeatsIndependentInEightOfTenSeeds() {
    List<Decision> architecture =
        List.of(new Decision.Categorical("layer0/op", 2), new Decision.Categorical("layer1/op", 2));
    List<Decision> optimizer = List.of(new Decision.Continuous("optimizer/learning_rate"));
    int wins = 0;
    for (int seed = 1; seed <= 10; seed++) {
      double joint;
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        PolicyProgram<TFloat32> both =
            program(graph, session, TFloat32.class, architecture, optimizer, seed);
        joint = train(both, both, seed);
      }
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        PolicyProgram<TFloat32> first =
            program(graph, session, TFloat32.class, architecture, List.of(), seed);
        PolicyProgram<TFloat32> second =
            program(graph, session, TFloat32.class, List.of(), optimizer, seed);
        wins += joint < train(first, second, seed) ? 1 : 0;
      }
    }
    assertThat(wins).isGreaterThanOrEqualTo(8);
  }

  /**
   * A quadratic whose curvature the architecture sets: 3 steps of gradient descent, so the best
   * learning rate is 1 / curvature and every architecture is as good as any other at its own rate.
   */
  private static SampleOutcome quadratic(List<Integer> architecture, double share) {
    double learningRate = Scale.LOG.at(RATES, share);
    double curvature = 2 * Math.pow(4, architecture.get(0) + 2.0 * architecture.get(1));
    double shrink = 1 - learningRate * curvature;
    double bounded = Math.tanh(shrink * shrink);
    double slope =
        (1 - bounded * bounded) * 2 * shrink * -curvature * Scale.LOG.slope(RATES, learningRate);
    return new SampleOutcome(1, bounded, new double[] {slope}, false);
  }

  private static double train(
      PolicyProgram<TFloat32> architecture, PolicyProgram<TFloat32> optimizer, long seed) {
    double late = 0;
    for (int step = 1; step <= 400; step++) {
      List<Choices> first = architecture.sample(SAMPLES, seed, step);
      List<Choices> second = optimizer.sample(SAMPLES, seed, step);
      List<SampleOutcome> outcomes = new ArrayList<>();
      double mean = 0;
      for (int m = 0; m < SAMPLES; m++) {
        outcomes.add(quadratic(first.get(m).discrete(), second.get(m).continuous().get(0)));
        mean += outcomes.get(m).after() / SAMPLES;
      }
      late += step > 300 ? mean : 0;
      if (architecture == optimizer) {
        architecture.update(SampledResponse.estimate(first, outcomes, 1, seed, step));
      } else {
        List<SampleOutcome> withoutPath = new ArrayList<>();
        outcomes.forEach(
            o -> withoutPath.add(new SampleOutcome(o.before(), o.after(), new double[0], false)));
        architecture.update(SampledResponse.estimate(first, withoutPath, 1, seed, step));
        optimizer.update(SampledResponse.estimate(second, outcomes, 1, seed, step));
      }
    }
    return late;
  }

  private static List<SampleOutcome> outcomes(List<Choices> all) {
    List<SampleOutcome> outcomes = new ArrayList<>();
    for (Choices choices : all) {
      double before = 0;
      for (int d = 0; d < choices.discrete().size(); d++) {
        before += Math.sin(1.0 + d + 2.0 * choices.discrete().get(d));
      }
      outcomes.add(new SampleOutcome(before, before + Math.cos(3 * before), new double[0], false));
    }
    return outcomes;
  }

  private static List<Choices> everything() {
    List<Choices> all = new ArrayList<>();
    for (int code = 0; code < 3 * 2 * 2 * 2 * 4; code++) {
      all.add(
          new Choices(
              List.of(
                  code % 3, code / 3 % 2, code / 6 % 2, code / 12 % 2, code / 24 % 2, code / 48),
              List.of()));
    }
    return all;
  }

  private static <T extends org.tensorflow.types.family.TNumber> PolicyProgram<T> program(
      Graph graph,
      Session session,
      Class<T> type,
      List<Decision> architecture,
      List<Decision> optimizer,
      long seed) {
    Ops tf = Ops.create(graph);
    Controller<T> controller = new Controller<>(tf, type, SETTINGS, architecture, optimizer, seed);
    int discrete = 0;
    int continuous = 0;
    for (Decision decision : architecture) {
      discrete += decision.width();
    }
    for (Decision decision : optimizer) {
      continuous += decision.width();
    }
    PolicyProgram<T> program =
        new PolicyProgram<>(graph, session, controller, SETTINGS, 10, discrete, continuous, 0);
    session.initialize();
    return program;
  }
}
