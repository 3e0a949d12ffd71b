package io.tandem.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a graph must be able to train with follows from the choices and the shared optimizer. */
final class SearchSpaceTest {
  private static final SearchSpace ADAM = space(OptimizerFamily.ADAM);

  private static SearchSpace space(OptimizerFamily... families) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    settings(0).values().forEach((name, value) -> ranges.put(name, Range.fixed(value)));
    ranges.put(Hyperparameter.LEARNING_RATE, new Range(1e-3, 1));
    return new SearchSpace(
        new PerceptronSpace(1, List.of(2), List.of(Activation.RELU), List.of(0.0), false),
        new OptimizerSpace(List.of(families), List.of(Schedule.CONSTANT), ranges, 0));
  }

  private static OptimizerSettings settings(double smoothing) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter each : Hyperparameter.values()) {
      values.put(each, 0.0);
    }
    values.put(Hyperparameter.LEARNING_RATE, 0.1);
    values.put(Hyperparameter.LABEL_SMOOTHING, smoothing);
    return new OptimizerSettings(OptimizerFamily.NESTEROV, Schedule.COSINE, values);
  }

  @Test
  void families_ofASharedOptimizer_comeAfterTheChoices() {
    assertThat(ADAM.families()).containsExactly(OptimizerFamily.ADAM);
    assertThat(ADAM.sharedBy(settings(0)).families())
        .containsExactly(OptimizerFamily.ADAM, OptimizerFamily.NESTEROV);
    assertThat(
            space(OptimizerFamily.NESTEROV, OptimizerFamily.SGD).sharedBy(settings(0)).families())
        .containsExactly(OptimizerFamily.NESTEROV, OptimizerFamily.SGD);
  }

  /** A rule that keeps one value must not spoil the derivatives of the others. */
  @Test
  void slopes_hyperparameterThatOnlyOtherRulesSearch_is0() {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(ADAM.optimizer().ranges());
    ranges.put(Hyperparameter.BETA2, new Range(0.9, 0.99));
    OptimizerSpace optimizer =
        new OptimizerSpace(
            List.of(OptimizerFamily.ADAM, OptimizerFamily.NESTEROV),
            List.of(Schedule.CONSTANT),
            ranges,
            Map.of(OptimizerFamily.NESTEROV, Map.of(Hyperparameter.BETA2, Range.fixed(0))),
            0);
    assertThat(optimizer.continuous())
        .containsExactly(Hyperparameter.LEARNING_RATE, Hyperparameter.BETA2);
    double[] slopes = new SearchSpace(ADAM.architecture(), optimizer).slopes(settings(0));
    assertThat(slopes[0]).isPositive();
    assertThat(slopes[1]).isZero();
  }

  @Test
  void decode_batchSizes_areADecisionAfterTheSchedule() {
    OptimizerSpace searched = batches(16, 64);
    SearchSpace space = new SearchSpace(ADAM.architecture(), searched);
    assertThat(searched.decisions().stream().map(Decision::name))
        .containsExactly("optimizer/schedule", "optimizer/batch", "optimizer/learning_rate");
    Choices choices = new Choices(List.of(0, 0, 0, 1, 1), List.of(0.5));
    OptimizerSettings decoded = space.decode(choices).optimizer();
    assertThat(decoded.schedule()).isEqualTo(Schedule.COSINE);
    assertThat(decoded.batch()).contains(64);
    assertThat(OptimizerSpace.fixed(decoded).batchSizes()).containsExactly(64);
    assertThat(decoded.with(Hyperparameter.LEARNING_RATE, 0.2).withEpsilon(1e-6).batch())
        .contains(64);
    Choices fewer = new Choices(List.of(0, 0, 0, 1), List.of(0.5));
    assertThat(new SearchSpace(ADAM.architecture(), batches(48)).decode(fewer).optimizer().batch())
        .contains(48);
    assertThat(new SearchSpace(ADAM.architecture(), batches()).decode(fewer).optimizer().batch())
        .isEmpty();
  }

  private static OptimizerSpace batches(Integer... sizes) {
    return new OptimizerSpace(
        ADAM.optimizer().families(),
        List.of(Schedule.CONSTANT, Schedule.COSINE),
        ADAM.optimizer().ranges(),
        Map.of(),
        0,
        List.of(sizes));
  }

  @Test
  void isAlwaysZero_whatOnlyTheSharedOptimizerHas_isNot() {
    assertThat(ADAM.isAlwaysZero(Hyperparameter.LABEL_SMOOTHING)).isTrue();
    assertThat(ADAM.isAlwaysZero(Hyperparameter.LEARNING_RATE)).isFalse();
    assertThat(ADAM.sharedBy(settings(0)).isAlwaysZero(Hyperparameter.LABEL_SMOOTHING)).isTrue();
    assertThat(ADAM.sharedBy(settings(0.1)).isAlwaysZero(Hyperparameter.LABEL_SMOOTHING)).isFalse();
  }
}
