package io.tandem.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tandem.config.ConfigLoader;
import io.tandem.graph.inner.InnerSettings;
import io.tandem.graph.tuning.Granularity;
import io.tandem.graph.tuning.Target;
import io.tandem.graph.tuning.TargetLayout;
import io.tandem.graph.tuning.TargetSettings;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.Scale;
import io.tandem.space.Schedule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What moves must begin where the search ended, and nothing may move that has no effect. */
class RefineSettingsTest {
  private static final InnerSettings CONSTANTS = new InnerSettings(1, 0.99, 1e-7);

  private static RefineSettings settings() {
    return ConfigLoader.defaults(List.of("search.refine.steps=2")).experiment().refine();
  }

  private static OptimizerSettings optimizer(OptimizerFamily family) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter name : Hyperparameter.values()) {
      values.put(name, 0.25);
    }
    // The constant of the configuration.
    values.put(Hyperparameter.BETA2, 0.0);
    return new OptimizerSettings(family, Schedule.COSINE, values);
  }

  private static List<Target> targets(OptimizerSettings optimizer) {
    return settings().targets(optimizer, CONSTANTS).stream().map(TargetSettings::target).toList();
  }

  @Test
  void targets_family_hasWhatItHas() {
    assertThat(targets(optimizer(OptimizerFamily.SGD)))
        .containsExactly(
            Target.LEARNING_RATE, Target.CLIP_NORM, Target.WEIGHT_DECAY, Target.LABEL_SMOOTHING);
    assertThat(targets(optimizer(OptimizerFamily.NESTEROV))).contains(Target.MOMENTUM).hasSize(5);
    assertThat(targets(optimizer(OptimizerFamily.ADAMW)))
        .contains(Target.BETA2, Target.EPSILON)
        .hasSize(7);
  }

  @Test
  void targets_valueWithoutACoordinate_stays() {
    OptimizerSettings optimizer =
        optimizer(OptimizerFamily.MOMENTUM)
            .with(Hyperparameter.MOMENTUM, 0)
            .with(Hyperparameter.WEIGHT_DECAY, 0)
            .with(Hyperparameter.LABEL_SMOOTHING, 0);
    assertThat(targets(optimizer)).containsExactly(Target.LEARNING_RATE, Target.CLIP_NORM);
  }

  @Test
  void targets_labelSmoothing_movesByItsOddsUnlessToldToMoveFromZero() {
    OptimizerSettings none = optimizer(OptimizerFamily.SGD).with(Hyperparameter.LABEL_SMOOTHING, 0);
    OptimizerSettings little = none.with(Hyperparameter.LABEL_SMOOTHING, 1e-6);
    assertThat(settings().targets(little, CONSTANTS).get(3))
        .isEqualTo(
            new TargetSettings(
                Target.LABEL_SMOOTHING, Granularity.GLOBAL, Scale.LOGIT, 1e-6, 1e-6, 0.5));
    RefineSettings linear =
        ConfigLoader.defaults(
                List.of("tune.label_smoothing.scale=LINEAR", "tune.label_smoothing.min=0"))
            .experiment()
            .refine();
    assertThat(linear.targets(none, CONSTANTS).get(3))
        .isEqualTo(
            new TargetSettings(
                Target.LABEL_SMOOTHING, Granularity.GLOBAL, Scale.LINEAR, 0, 0, 0.5));
  }

  @Test
  void targets_valueOutsideTheRange_begins() {
    TargetSettings rate =
        settings()
            .targets(
                optimizer(OptimizerFamily.SGD).with(Hyperparameter.LEARNING_RATE, 40), CONSTANTS)
            .get(0);
    assertThat(rate.initial()).isEqualTo(40);
    assertThat(rate.max()).isEqualTo(40);
    assertThat(rate.min()).isEqualTo(1e-6);
  }

  @Test
  void with_aPoint_hasItsValuesAndLeavesTheOthers() {
    OptimizerSettings before = optimizer(OptimizerFamily.ADAM);
    List<TargetLayout.Block> blocks = new ArrayList<>();
    for (TargetSettings target : settings().targets(before, CONSTANTS)) {
      blocks.add(new TargetLayout.Block(target, blocks.size(), 1));
    }
    TargetLayout layout = new TargetLayout(blocks);
    double[] point = layout.initial();
    assertThat(OptimizerTargets.with(before, CONSTANTS, layout, point)).isEqualTo(before);
    point[0] += Math.log(2);
    point[2] = 0;
    OptimizerSettings after = OptimizerTargets.with(before, CONSTANTS, layout, point);
    assertThat(after.get(Hyperparameter.LEARNING_RATE)).isCloseTo(0.5, within(1e-15));
    assertThat(after.get(Hyperparameter.AUGMENTATION)).isEqualTo(0.25);
    assertThat(after.get(Hyperparameter.BETA2)).isEqualTo(0.5);
    assertThat(after.epsilon()).isEmpty();
    assertThat(OptimizerTargets.value(after, CONSTANTS, Target.BETA2)).isEqualTo(0.5);
    assertThat(OptimizerTargets.value(before, CONSTANTS, Target.BETA2)).isEqualTo(0.99);
  }

  @Test
  void steps_horizon_isThatOfTheRetrainingUnlessShorter() {
    assertThat(settings().steps(1875)).isEqualTo(1875);
    RefineSettings some =
        ConfigLoader.defaults(List.of("search.refine.horizon=100")).experiment().refine();
    assertThat(some.steps(1875)).isEqualTo(100);
    assertThat(some.isOn()).isFalse();
  }
}
