package io.tandem.graph.joint.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.joint.child.Evaluation;
import io.tandem.graph.joint.child.Rows;
import io.tandem.graph.joint.policy.PolicyFeedback;
import io.tandem.space.Candidate;
import io.tandem.space.Choices;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The way along a shared path and back, without a graph: on a line, with targets to choose from,
 * where every number is known in closed form.
 */
final class SharedResponseTest {
  private static final double[] TARGETS = {-1, 0.5, 2};
  private static final double[] PROBABILITIES = {0.2, 0.5, 0.3};
  private static final double RATE = 0.3;

  @Test
  void estimate_overAllDraws_hasTheExpectationOfTheUncentredOne() {
    // All draws of one judge and of two candidates for each of two steps.
    int options = TARGETS.length;
    int draws = 5;
    double[] centred = new double[options];
    double[] plain = new double[options];
    for (int code = 0; code < Math.pow(options, draws); code++) {
      List<Choices> samples = new ArrayList<>();
      double probability = 1;
      for (int draw = 0, rest = code; draw < draws; draw++, rest /= options) {
        samples.add(new Choices(List.of(rest % options), List.of(RATE)));
        probability *= PROBABILITIES[rest % options];
      }
      SharedOutcome outcome = measure(new Line(), samples, 1, 2, 2);
      add(centred, samples, SharedResponse.estimate(samples, outcome, 0, 1, 1), probability);
      add(plain, samples, SharedResponse.enumerate(samples, outcome), probability);
    }
    for (int option = 0; option < options; option++) {
      assertThat(centred[option]).isCloseTo(plain[option], within(1e-12));
    }
    assertThat(Math.abs(plain[0])).isGreaterThan(1e-3);
  }

  @Test
  void estimate_continuousDecision_isTheDerivativeOfTheJudgement() {
    List<Choices> samples = new ArrayList<>();
    for (int option : new int[] {2, 0, 1, 0, 2, 1}) {
      samples.add(new Choices(List.of(option), List.of(RATE + 0.1 * option)));
    }
    SharedOutcome outcome = measure(new Line(), samples, 2, 2, 2);
    PolicyFeedback feedback = SharedResponse.estimate(samples, outcome, 0, 1, 1);
    double step = 1e-6;
    for (int row = 0; row < samples.size(); row++) {
      double difference = (judged(samples, row, step) - judged(samples, row, -step)) / (2 * step);
      assertThat(feedback.pathwise()[row][0]).isCloseTo(difference, within(1e-9));
    }
  }

  @Test
  void estimate_droppedStep_movesNothingAndCountsAsPenalty() {
    List<Choices> samples = new ArrayList<>();
    for (int option : new int[] {0, 1, 2}) {
      samples.add(new Choices(List.of(option), List.of(RATE)));
    }
    Line line = new Line();
    line.dropped = TARGETS[2];
    SharedOutcome outcome = measure(line, samples, 1, 2, 1);
    // The one that counts has half a share of the step.
    double end = 1 - RATE * (1 - TARGETS[1]) / 2;
    assertThat(outcome.after().get(0).loss())
        .isCloseTo(Math.pow(end - TARGETS[0], 2) / 2, within(1e-12));
    assertThat(outcome.dropped()).isEqualTo(1);
    PolicyFeedback feedback = SharedResponse.estimate(samples, outcome, 7, 1, 1);
    double other = -RATE * (1 - TARGETS[1]) * (1 - TARGETS[0]);
    assertThat(feedback.response()[2]).isCloseTo((7 - other) / 2, within(1e-12));
    assertThat(feedback.pathwise()[2]).containsExactly(0.0);
    double own = -RATE * (1 - TARGETS[1]) * (end - TARGETS[0]);
    assertThat(feedback.response()[1]).isCloseTo((own - 7) / 2, within(1e-12));
  }

  /** Expected coefficient times score by the logits: {@code coefficient (1[chosen] - p)}. */
  private static void add(
      double[] sum, List<Choices> samples, PolicyFeedback feedback, double probability) {
    for (int row = 0; row < samples.size(); row++) {
      double coefficient = feedback.direct()[row] + feedback.response()[row];
      for (int option = 0; option < sum.length; option++) {
        double chosen = samples.get(row).discrete().get(0) == option ? 1 : 0;
        sum[option] += probability * coefficient * (chosen - PROBABILITIES[option]);
      }
    }
  }

  private static double judged(List<Choices> samples, int row, double shift) {
    List<Choices> shifted = new ArrayList<>(samples);
    Choices chosen = samples.get(row);
    shifted.set(row, new Choices(chosen.discrete(), List.of(chosen.continuous().get(0) + shift)));
    return measure(new Line(), shifted, 2, 2, 2).after().stream()
        .mapToDouble(SharedJudgement::loss)
        .average()
        .orElseThrow();
  }

  private static SharedOutcome measure(
      Line line, List<Choices> samples, int judges, int each, int steps) {
    List<List<SharedDraw>> path = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      int first = judges + k * each;
      path.add(line.draws(samples.subList(first, first + each)));
    }
    return SharedResponse.measure(line, line.draws(samples.subList(0, judges)), path);
  }

  /**
   * A child with one weight: {@code L_T = L_V = (w - t)² / 2} for the chosen target {@code t}, and
   * a step {@code -h (w - t)}.
   */
  private static final class Line implements SharedPath {
    double dropped = Double.NaN;
    private static final Candidate CANDIDATE =
        new Candidate(
            new PerceptronArchitecture(List.of()),
            new OptimizerSettings(
                OptimizerFamily.SGD,
                Schedule.CONSTANT,
                Arrays.stream(Hyperparameter.values())
                    .collect(Collectors.toMap(name -> name, name -> 0.0))));
    private final List<Double> passed = new ArrayList<>();
    private double point;
    private double sum;
    private double adjoint;

    List<SharedDraw> draws(List<Choices> choices) {
      List<SharedDraw> draws = new ArrayList<>();
      for (Choices chosen : choices) {
        // What the choices mean travels in place of a schedule's factor and a seed.
        Rows rows = new Rows(new int[0][], new int[0], chosen.discrete().get(0), 0);
        double rate = chosen.continuous().get(0);
        draws.add(new SharedDraw(CANDIDATE, rate, rows, 1.0 / choices.size()));
      }
      return draws;
    }

    private double target(SharedDraw draw) {
      return TARGETS[(int) draw.rows().seed()];
    }

    private double rate(SharedDraw draw) {
      return draw.factor().value();
    }

    @Override
    public void start() {
      point = 1;
      sum = 1;
      adjoint = 0;
      passed.add(point);
    }

    @Override
    public SharedJudgement judge(SharedDraw draw) {
      double error = point - target(draw);
      adjoint += draw.weight() * error;
      return new SharedJudgement(new Evaluation(error * error / 2, 0), new double[0]);
    }

    @Override
    public SharedPull push(SharedDraw draw) {
      double move = -rate(draw) * (point - target(draw));
      boolean left = target(draw) == dropped;
      sum += left ? 0 : draw.weight() * move;
      return new SharedPull(left ? Double.NaN : move * adjoint, new double[0], new double[0], left);
    }

    @Override
    public void advance(int step) {
      point = sum;
      passed.add(point);
    }

    @Override
    public void turn() {
      adjoint = 0;
    }

    @Override
    public void retreat(int step) {
      point = passed.get(step);
      sum = adjoint;
    }

    @Override
    public SharedPull pull(SharedDraw draw, boolean passesOn) {
      double error = point - target(draw);
      sum += passesOn ? -draw.weight() * rate(draw) * adjoint : 0;
      return new SharedPull(
          -rate(draw) * error * adjoint, new double[] {-error * adjoint}, new double[0], false);
    }

    @Override
    public void pass() {
      adjoint = sum;
    }
  }
}
