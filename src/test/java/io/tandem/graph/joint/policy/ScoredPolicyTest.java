package io.tandem.graph.joint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.controller.Controller;
import io.tandem.graph.controller.ControllerSettings;
import io.tandem.graph.joint.response.SampleOutcome;
import io.tandem.graph.joint.response.SampledResponse;
import io.tandem.space.Choices;
import io.tandem.space.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * A candidate that was trained from scratch credits every decision by the derivative of its
 * log-probability. That is unbiased only if the draws themselves count as constants, also where a
 * later decision depends on them.
 */
final class ScoredPolicyTest {
  private static final int SAMPLES = 16;
  private static final int BATCHES = 1000;

  private static final ControllerSettings SETTINGS =
      new ControllerSettings(5, 1, 0, 1.5, 3.5e-3, 0, 1e-3, 0, 0.4, 0, 1, false);
  private static final List<Decision> ARCHITECTURE =
      List.of(new Decision.Categorical("layer0/op", 2), new Decision.Categorical("layer1/op", 3));
  private static final List<Decision> OPTIMIZER =
      List.of(
          new Decision.Continuous("optimizer/a"),
          new Decision.Continuous("optimizer/b"),
          new Decision.Continuous("optimizer/c"));

  @Test
  void score_severalContinuousDecisions_agreesWithThePathwiseGradient() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      PolicyProgram<TFloat64> program = program(graph, session);
      Moments pathwise = new Moments();
      Moments score = new Moments();
      for (int batch = 0; batch < BATCHES; batch++) {
        int step = batch;
        List<Choices> drawn = program.sample(SAMPLES, 11, step);
        pathwise.add(
            program.gradient(
                SampledResponse.estimate(
                    drawn, each(drawn, m -> outcome(drawn.get(m))), 1, 11, step)));
        double[] losses =
            each(drawn, m -> loss(drawn.get(m))).stream().mapToDouble(loss -> loss).toArray();
        score.add(program.gradient(SampledResponse.score(drawn, losses, 11, step)));
      }
      long outside = 0;
      long different = 0;
      for (int index = 0; index < pathwise.size(); index++) {
        double error = Math.hypot(pathwise.error(index), score.error(index));
        double distance = Math.abs(pathwise.mean(index) - score.mean(index));
        outside += distance > 3 * error + 1e-12 ? 1 : 0;
        different += Math.abs(score.mean(index)) > 3 * score.error(index) ? 1 : 0;
      }
      // Parameters are strongly correlated; by chance 0.3 % lie outside three standard errors.
      assertThat((double) outside / pathwise.size()).isLessThan(0.02);
      // The gradient is there to be seen at all.
      assertThat((double) different / pathwise.size()).isGreaterThan(0.3);
    }
  }

  @Test
  void logDensities_ofGivenPoints_doNotDependOnTheNoise() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      PolicyProgram<TFloat64> program = program(graph, session);
      List<Choices> drawn = program.sample(SAMPLES, 11, 1);
      assertThat(program.logDensities(drawn)).isEqualTo(program.logDensities(drawn));
      List<Choices> moved =
          drawn.stream()
              .map(chosen -> new Choices(chosen.discrete(), List.of(0.9, 0.1, 0.999)))
              .toList();
      assertThat(program.logDensities(moved)).isNotEqualTo(program.logDensities(drawn));
    }
  }

  /** A step along the likelihood in one run is the step of which the gradient is fetched first. */
  @Test
  void raise_oneStep_isTheUpdateByTheSameGradient() {
    double[] weights = {0.5, 0.3, 0.2};
    double[][] after = new double[2][];
    for (int way = 0; way < 2; way++) {
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        PolicyProgram<TFloat64> program = program(graph, session);
        List<Choices> best = program.sample(weights.length, 11, 1);
        double before = likelihood(program, best, weights);
        if (way == 0) {
          program.raise(best, weights, 1);
        } else {
          assertThat(program.update(PolicyFeedback.likely(best, weights)).applied()).isTrue();
        }
        after[way] = program.logDensities(best);
        assertThat(likelihood(program, best, weights)).isGreaterThan(before);
      }
    }
    assertThat(after[0]).containsExactly(after[1], within(1e-12));
  }

  private static double likelihood(PolicyProgram<?> program, List<Choices> best, double[] weights) {
    double[] discrete = program.logProbabilities(best);
    double[] continuous = program.logDensities(best);
    double sum = 0;
    for (int m = 0; m < weights.length; m++) {
      sum += weights[m] * (discrete[m] + continuous[m]);
    }
    return sum;
  }

  private static <R> List<R> each(List<Choices> drawn, IntFunction<R> of) {
    List<R> all = new ArrayList<>();
    for (int m = 0; m < drawn.size(); m++) {
      all.add(of.apply(m));
    }
    return all;
  }

  /** Smooth in the shares, with an interaction of everything with everything. */
  private static double loss(Choices chosen) {
    double a = chosen.continuous().get(0);
    double b = chosen.continuous().get(1);
    double c = chosen.continuous().get(2);
    int first = chosen.discrete().get(0);
    int second = chosen.discrete().get(1);
    return 2 * a * b - b * c + (first + 1) * c * c + 0.5 * second * a + 0.3 * first;
  }

  /** The same as a response, with its derivatives. */
  private static SampleOutcome outcome(Choices chosen) {
    double a = chosen.continuous().get(0);
    double b = chosen.continuous().get(1);
    double c = chosen.continuous().get(2);
    int first = chosen.discrete().get(0);
    int second = chosen.discrete().get(1);
    double[] slopes = {2 * b + 0.5 * second, 2 * a - c, -b + 2 * (first + 1) * c};
    return new SampleOutcome(0, loss(chosen), slopes, false);
  }

  private static PolicyProgram<TFloat64> program(Graph graph, Session session) {
    Controller<TFloat64> controller =
        new Controller<>(Ops.create(graph), TFloat64.class, SETTINGS, ARCHITECTURE, OPTIMIZER, 3);
    PolicyProgram<TFloat64> program =
        new PolicyProgram<>(
            graph, session, controller, SETTINGS, 1e6, ARCHITECTURE.size(), OPTIMIZER.size(), 0);
    session.initialize();
    return program;
  }

  /** Means of gradients and their standard errors. */
  private static final class Moments {
    private double[] sum = new double[0];
    private double[] squares = new double[0];
    private int count;

    void add(PolicyGradient gradient) {
      int size = gradient.response().length;
      sum = count == 0 ? new double[size] : sum;
      squares = count == 0 ? new double[size] : squares;
      for (int index = 0; index < size; index++) {
        double value = gradient.direct()[index] + gradient.response()[index];
        sum[index] += value;
        squares[index] += value * value;
      }
      count++;
    }

    int size() {
      return sum.length;
    }

    double mean(int index) {
      return sum[index] / count;
    }

    double error(int index) {
      double mean = mean(index);
      return Math.sqrt(Math.max(0, squares[index] / count - mean * mean) / count);
    }
  }
}
