package io.tandem.graph.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.graph.hypergradient.NoResponse;
import io.tandem.graph.hypergradient.Unrolled;
import io.tandem.graph.inner.UpdateRule;
import io.tandem.space.Schedule;
import io.tandem.testing.Doubles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat64;

/**
 * A hypergradient that is a little wrong still descends for a while, so every target at every
 * granularity is held against central differences of the whole training.
 */
class TuningProgramTest {
  static Stream<Arguments> everyGranularity() {
    List<Arguments> all = new ArrayList<>();
    for (Target target : Target.values()) {
      for (Granularity granularity : target.granularities()) {
        if (granularity != Granularity.FIXED) {
          all.add(Arguments.of(target, granularity));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyGranularity")
  void evaluate_everyTargetAndGranularity_agreesWithCentralDifferences(
      Target target, Granularity granularity) {
    UpdateRule rule =
        target == Target.BETA2 || target == Target.EPSILON ? UpdateRule.ADAM : UpdateRule.MOMENTUM;
    check(
        TuningFixtures.training(
            rule, OuterLoss.VALIDATION, TuningFixtures.tuning(target, granularity)));
  }

  @ParameterizedTest
  @EnumSource(UpdateRule.class)
  void evaluate_everyRuleWithLayeredSchedules_agreesWithCentralDifferences(UpdateRule rule) {
    List<TargetSettings> targets = TuningFixtures.fixed();
    List<Target> tuned = new ArrayList<>(List.of(Target.LEARNING_RATE, Target.WEIGHT_DECAY));
    if (rule.hasMomentum()) {
      tuned.add(Target.MOMENTUM);
    }
    if (rule.hasSecondMoment()) {
      tuned.add(Target.BETA2);
      tuned.add(Target.EPSILON);
    }
    tuned.forEach(
        target ->
            targets.set(target.ordinal(), TuningFixtures.settings(target, Granularity.LAYER_STEP)));
    check(TuningFixtures.training(rule, OuterLoss.TRAINING, targets));
  }

  static Stream<Arguments> reversibleTargets() {
    return everyGranularity()
        .filter(
            arguments ->
                switch ((Target) arguments.get()[0]) {
                  case BETA2, EPSILON, CLIP_NORM -> false;
                  case LEARNING_RATE,
                      MOMENTUM,
                      WEIGHT_DECAY,
                      L2,
                      LABEL_SMOOTHING,
                      DROPOUT,
                      INITIAL_SCALE,
                      EXAMPLE_WEIGHTS,
                      INPUTS ->
                      true;
                });
  }

  @ParameterizedTest
  @MethodSource("reversibleTargets")
  void evaluate_reversed_agreesWithTheUnrolledTraining(Target target, Granularity granularity) {
    List<TargetSettings> targets = TuningFixtures.tuning(target, granularity);
    targets.set(
        Target.CLIP_NORM.ordinal(),
        new TargetSettings(Target.CLIP_NORM, Granularity.FIXED, Target.CLIP_NORM.scale(), 0, 0, 0));
    TuningSettings settings =
        TuningFixtures.training(UpdateRule.MOMENTUM, OuterLoss.VALIDATION, targets);
    try (TuningProgram<TFloat64> unrolled = TuningFixtures.program(settings, new Unrolled());
        TunedTraining reversed = TuningFixtures.reversible(settings)) {
      double[] point = spread(unrolled.layout().initial());
      TuningOutcome expected = unrolled.evaluate(point);
      TuningOutcome outcome = reversed.evaluate(point);
      assertThat(outcome.outerLoss()).isCloseTo(expected.outerLoss(), within(1e-9));
      assertThat(outcome.accuracy()).isEqualTo(expected.accuracy());
      assertThat(outcome.learningCurve()).containsExactly(expected.learningCurve(), within(1e-9));
      double scale = norm(expected.total());
      assertThat(outcome.total()).containsExactly(expected.total(), within(1e-6 * scale));
      assertThat(reversed.train(point)).hasSameSizeAs(unrolled.train(point));
    }
  }

  @ParameterizedTest
  @EnumSource(Schedule.class)
  void evaluate_everySchedule_agreesWithDifferencesAndTheReversal(Schedule schedule) {
    List<TargetSettings> targets = TuningFixtures.tuning(Target.LEARNING_RATE, Granularity.LAYER);
    targets.set(
        Target.CLIP_NORM.ordinal(),
        new TargetSettings(Target.CLIP_NORM, Granularity.FIXED, Target.CLIP_NORM.scale(), 0, 0, 0));
    TuningSettings settings =
        TuningFixtures.scheduled(
            TuningFixtures.training(UpdateRule.MOMENTUM, OuterLoss.VALIDATION, targets), schedule);
    check(settings);
    try (TuningProgram<TFloat64> unrolled = TuningFixtures.program(settings, new Unrolled());
        TunedTraining reversed = TuningFixtures.reversible(settings)) {
      double[] point = spread(unrolled.layout().initial());
      double[] expected = unrolled.evaluate(point).total();
      assertThat(reversed.evaluate(point).total())
          .containsExactly(expected, within(1e-6 * norm(expected)));
    }
  }

  @Test
  void redraw_otherBatchesAndWeights_isAsIfBuiltWithThem() {
    List<TargetSettings> targets = TuningFixtures.tuning(Target.LEARNING_RATE, Granularity.STEP);
    targets.set(
        Target.CLIP_NORM.ordinal(),
        new TargetSettings(Target.CLIP_NORM, Granularity.FIXED, Target.CLIP_NORM.scale(), 0, 0, 0));
    TuningSettings settings =
        TuningFixtures.training(UpdateRule.MOMENTUM, OuterLoss.VALIDATION, targets);
    List<int[]> batches =
        List.of(new int[] {5, 4, 3, 2}, new int[] {1, 0, 5, 4}, new int[] {0, 2, 4, 1});
    try (TuningProgram<TFloat64> program = TuningFixtures.program(settings, new Unrolled());
        TuningProgram<TFloat64> built = TuningFixtures.program(settings, batches, 99);
        TunedTraining reversed = TuningFixtures.reversible(settings)) {
      double[] point = program.layout().initial();
      TuningOutcome expected = built.evaluate(point);
      assertThat(program.evaluate(point).outerLoss()).isNotEqualTo(expected.outerLoss());
      program.redraw(batches, 99);
      reversed.redraw(batches, 99);
      assertThat(program.evaluate(point)).usingRecursiveComparison().isEqualTo(expected);
      assertThat(program.loss(point)).isEqualTo(expected.outerLoss());
      assertThat(reversed.loss(point)).isCloseTo(expected.outerLoss(), within(1e-9));
      assertThat(reversed.evaluate(point).total())
          .containsExactly(expected.total(), within(1e-6 * norm(expected.total())));
    }
  }

  @Test
  void evaluate_reversedBeyondItsRange_namesTheVariable() {
    List<TargetSettings> targets = TuningFixtures.tuning(Target.LEARNING_RATE, Granularity.GLOBAL);
    targets.set(
        Target.CLIP_NORM.ordinal(),
        new TargetSettings(Target.CLIP_NORM, Granularity.FIXED, Target.CLIP_NORM.scale(), 0, 0, 0));
    TuningSettings settings =
        TuningFixtures.training(UpdateRule.MOMENTUM, OuterLoss.VALIDATION, targets);
    try (TunedTraining reversed = TuningFixtures.reversible(settings)) {
      TuningOutcome outcome = reversed.evaluate(new double[] {Math.log(1e6)});
      assertThat(outcome.isFinite()).isFalse();
      assertThat(outcome.problem()).contains("2048").containsAnyOf("kernel", "bias");
    }
  }

  private static void check(TuningSettings settings) {
    try (TuningProgram<TFloat64> program = TuningFixtures.program(settings, new Unrolled())) {
      double[] point = spread(program.layout().initial());
      TuningOutcome outcome = program.evaluate(point);
      double[] differences =
          Doubles.differences(moved -> program.evaluate(moved).outerLoss(), point, 1e-5);
      double scale = norm(differences);
      assertThat(scale).isPositive();
      assertThat(outcome.isFinite()).isTrue();
      for (int index = 0; index < point.length; index++) {
        assertThat(outcome.total()[index])
            .as("coordinate " + index)
            .isCloseTo(differences[index], within(1e-6 * scale + 1e-10));
      }
    }
  }

  @Test
  void evaluate_samePointAgain_givesTheSameBits() {
    TuningSettings settings =
        TuningFixtures.training(
            UpdateRule.ADAM,
            OuterLoss.VALIDATION,
            TuningFixtures.tuning(Target.DROPOUT, Granularity.STEP));
    try (TuningProgram<TFloat64> program = TuningFixtures.program(settings, new Unrolled());
        TuningProgram<TFloat64> again = TuningFixtures.program(settings, new Unrolled())) {
      double[] point = spread(program.layout().initial());
      TuningOutcome first = program.evaluate(point);
      program.evaluate(program.layout().initial());
      assertThat(program.evaluate(point)).usingRecursiveComparison().isEqualTo(first);
      assertThat(again.evaluate(point)).usingRecursiveComparison().isEqualTo(first);
      assertThat(again.train(point)).usingRecursiveComparison().isEqualTo(program.train(point));
    }
  }

  @Test
  void evaluate_withoutResponse_isZero() {
    TuningSettings settings =
        TuningFixtures.training(
            UpdateRule.SGD,
            OuterLoss.VALIDATION,
            TuningFixtures.tuning(Target.L2, Granularity.UNIT));
    try (TuningProgram<TFloat64> program = TuningFixtures.program(settings, new NoResponse())) {
      TuningOutcome outcome = program.evaluate(program.layout().initial());
      assertThat(outcome.total()).hasSize(5).containsOnly(0);
      assertThat(outcome.learningCurve()).isEmpty();
    }
  }

  /** Values that differ, so that an exchanged index shows. */
  private static double[] spread(double[] point) {
    double[] spread = point.clone();
    for (int index = 0; index < point.length; index++) {
      spread[index] += 0.1 * Math.sin(1 + index);
    }
    return spread;
  }

  private static double norm(double[] values) {
    double square = 0;
    for (double value : values) {
      square += value * value;
    }
    return Math.sqrt(square);
  }
}
