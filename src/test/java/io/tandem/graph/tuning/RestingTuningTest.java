package io.tandem.graph.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.hypergradient.SolverOutcome;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * At rest the implicit response is the derivative of the point of rest, whatever the way there: so
 * differences of complete trainings are its oracle, and where training begins may not matter.
 */
class RestingTuningTest {
  private static final double TIGHT = 1e-11;
  private static final int ENOUGH = 20_000;

  private static TuningSettings training(
      UpdateRule rule, int steps, Target target, Granularity granularity) {
    List<TargetSettings> targets = TuningFixtures.tuning(target, granularity);
    fix(targets, Target.DROPOUT, 0);
    fix(targets, Target.CLIP_NORM, 0);
    fix(targets, Target.MOMENTUM, 0.9);
    // Softmax regression: convex.
    return new TuningSettings(
        new PerceptronArchitecture(List.of()),
        Initialisation.ZERO,
        rule,
        Schedule.CONSTANT,
        steps,
        100,
        OuterLoss.VALIDATION,
        targets,
        targets.get(Target.EXAMPLE_WEIGHTS.ordinal()).isTuned()
            ? ExampleWeighting.SIGMOID
            : ExampleWeighting.NONE,
        0);
  }

  private static void fix(List<TargetSettings> targets, Target target, double value) {
    targets.set(
        target.ordinal(),
        new TargetSettings(target, Granularity.FIXED, target.scale(), value, 0, 0));
  }

  private static double[] spread(double[] point) {
    double[] moved = point.clone();
    for (int index = 0; index < moved.length; index++) {
      moved[index] += 0.1 * Math.sin(index + 1.0);
    }
    return moved;
  }

  private static RestOutcome rest(TuningOutcome outcome) {
    return Objects.requireNonNull(outcome.rest());
  }

  private static SolverOutcome solver(TuningOutcome outcome) {
    return Objects.requireNonNull(outcome.solver());
  }

  @ParameterizedTest
  @CsvSource({
    "L2,GLOBAL",
    "L2,UNIT",
    "L2,WEIGHT",
    "WEIGHT_DECAY,GLOBAL",
    "LABEL_SMOOTHING,GLOBAL",
    "EXAMPLE_WEIGHTS,EXAMPLE"
  })
  void evaluate_tightTolerance_agreesWithDifferencesOfWholeTrainings(
      Target target, Granularity granularity) {
    TuningSettings settings = training(UpdateRule.NESTEROV, ENOUGH, target, granularity);
    try (TunedTraining training =
        TuningFixtures.resting(settings, new RestSettings(false, TIGHT))) {
      double[] point = spread(training.layout().initial());
      TuningOutcome outcome = training.evaluate(point, TIGHT, WarmStart.none());
      assertThat(rest(outcome).isReached()).isTrue();
      double step = 1e-4;
      for (int index = 0; index < point.length; index++) {
        double[] above = point.clone();
        double[] below = point.clone();
        above[index] += step;
        below[index] -= step;
        double slope = (training.loss(above) - training.loss(below)) / (2 * step);
        assertThat(outcome.total()[index]).isCloseTo(slope, within(1e-6));
      }
      assertThat(Arrays.stream(outcome.total()).map(Math::abs).max().orElseThrow())
          .isGreaterThan(1e-4);
    }
  }

  @Test
  void evaluate_momentum_comesToTheSameRest() {
    comesToTheSameRest(UpdateRule.MOMENTUM);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(
      value = UpdateRule.class,
      names = {"SGD", "AVERAGED_MOMENTUM", "NESTEROV"})
  void evaluate_anyRule_comesToTheSameRest(UpdateRule rule) {
    comesToTheSameRest(rule);
  }

  private static void comesToTheSameRest(UpdateRule rule) {
    try (TunedTraining usual =
            TuningFixtures.resting(
                training(UpdateRule.SGD, ENOUGH, Target.L2, Granularity.UNIT),
                new RestSettings(false, TIGHT));
        TunedTraining other =
            TuningFixtures.resting(
                training(rule, ENOUGH, Target.L2, Granularity.UNIT),
                new RestSettings(false, TIGHT))) {
      double[] point = spread(usual.layout().initial());
      assertThat(other.evaluate(point).outerLoss())
          .isCloseTo(usual.evaluate(point).outerLoss(), within(1e-9));
    }
  }

  @Test
  void evaluate_warmStart_costsOneGradientAndOneProductAtTheSamePoint() {
    TuningSettings settings = training(UpdateRule.NESTEROV, ENOUGH, Target.L2, Granularity.UNIT);
    try (TunedTraining training = TuningFixtures.resting(settings, new RestSettings(true, 1e-8))) {
      double[] point = training.layout().initial();
      TuningOutcome first = training.evaluate(point, 1e-8, WarmStart.none());
      assertThat(rest(first).gradients()).isGreaterThan(10);
      assertThat(solver(first).products()).isGreaterThan(3);
      TuningOutcome again = training.evaluate(point, 1e-7, rest(first).end());
      assertThat(rest(again).gradients()).isEqualTo(1);
      assertThat(solver(again).products()).isEqualTo(1);
      // A gradient, a product, the gradient whose product it is, the mixed derivative.
      assertThat(rest(again).passes()).isEqualTo(4);
      assertThat(again.outerLoss()).isEqualTo(first.outerLoss());
      double[] near = spread(point);
      TuningOutcome warm = training.evaluate(near, 1e-8, rest(first).end());
      TuningOutcome cold = training.evaluate(near, 1e-8, WarmStart.none());
      assertThat(rest(warm).gradients()).isLessThan(rest(cold).gradients());
      assertThat(warm.outerLoss()).isCloseTo(cold.outerLoss(), within(1e-6));
    }
  }

  @Test
  void evaluate_looserTolerance_isCheaperAndStillMet() {
    TuningSettings settings = training(UpdateRule.NESTEROV, ENOUGH, Target.L2, Granularity.UNIT);
    try (TunedTraining training = TuningFixtures.resting(settings, new RestSettings(false, 1))) {
      double[] point = training.layout().initial();
      long before = 0;
      for (double tolerance : new double[] {1e-2, 1e-4, 1e-8}) {
        TuningOutcome outcome = training.evaluate(point, tolerance, WarmStart.none());
        assertThat(rest(outcome).gradientNorm()).isLessThanOrEqualTo(tolerance);
        assertThat(solver(outcome).residual()).isLessThanOrEqualTo(tolerance);
        assertThat(rest(outcome).passes()).isGreaterThan(before);
        before = rest(outcome).passes();
      }
    }
  }

  @Test
  void evaluate_tooFewSteps_saysThatItIsNotAtRest() {
    TuningSettings settings = training(UpdateRule.SGD, 3, Target.L2, Granularity.UNIT);
    try (TunedTraining training = TuningFixtures.resting(settings, new RestSettings(false, 1))) {
      TuningOutcome outcome =
          training.evaluate(training.layout().initial(), TIGHT, WarmStart.none());
      assertThat(rest(outcome).isReached()).isFalse();
      assertThat(rest(outcome).gradients()).isEqualTo(4);
      assertThat(outcome.learningCurve()).hasSize(4);
    }
  }

  @Test
  void evaluate_momentumTooLarge_isHeldBackByRestarts() {
    TuningSettings settings = training(UpdateRule.MOMENTUM, ENOUGH, Target.L2, Granularity.UNIT);
    List<TargetSettings> targets = new java.util.ArrayList<>(settings.targets());
    fix(targets, Target.MOMENTUM, 0.9999);
    try (TunedTraining training =
        TuningFixtures.resting(settings.withTargets(targets), new RestSettings(false, TIGHT))) {
      TuningOutcome outcome = training.evaluate(training.layout().initial());
      // Without restarts the amplitude falls by half in about 14,000 steps.
      assertThat(rest(outcome).gradients()).isLessThan(2000);
    }
  }

  @Test
  void evaluate_samePointAndStart_givesTheSameBits() {
    TuningSettings settings = training(UpdateRule.NESTEROV, ENOUGH, Target.L2, Granularity.UNIT);
    try (TunedTraining training = TuningFixtures.resting(settings, new RestSettings(true, 1e-6))) {
      double[] point = training.layout().initial();
      WarmStart start = rest(training.evaluate(point, 1e-3, WarmStart.none())).end();
      TuningOutcome first = training.evaluate(spread(point), 1e-6, start);
      training.evaluate(point, 1e-2, WarmStart.none());
      assertThat(training.evaluate(spread(point), 1e-6, start))
          .usingRecursiveComparison()
          .isEqualTo(first);
    }
  }
}
