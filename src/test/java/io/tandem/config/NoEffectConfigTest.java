package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.disk.UserError;
import io.tandem.retrain.RetrainSettings;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.OptimizerSpace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A searched setting that nothing reads would be noise in every comparison: it is refused. */
final class NoEffectConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          space.optimizer.beta2=0.9..0.99 space.optimizer.families=sgd,nesterov | space.optimizer.beta2: has no effect on [SGD, NESTEROV]; remove it, or add one of [RMSPROP, ADAM, ADAMW] to families
          space.optimizer.warmup=0.1..0.5 space.optimizer.schedules=constant,cosine | space.optimizer.warmup: has no effect on [CONSTANT, COSINE]; remove it, or add WARMUP_LINEAR to schedules
          fixed_optimizer.warmup=0.2 | fixed_optimizer.warmup: 0.2 has no effect on COSINE; use 0, or WARMUP_LINEAR as schedule
          space.optimizer.batch_sizes=32,64 | space.optimizer.batch_sizes: [32, 64] is not allowed with strategy JOINT, whose look-aheads all have search.batch rows; remove it, or use a strategy that trains every candidate from scratch, for example JOINT_HALVING
          space.optimizer.batch_sizes=32 search.strategy=enas response=none | space.optimizer.batch_sizes: [32] is not allowed with strategy ENAS, whose candidates all have the optimizer fixed_optimizer and retrain.batch rows
          space.optimizer.batch_sizes=32,32 search.strategy=nas | space.optimizer.batch_sizes: [32, 32] repeats a choice; remove it
          space.optimizer.batch_sizes=0,32 search.strategy=nas | space.optimizer.batch_sizes: 0 is not allowed, expected 1..65536
          space.optimizer.batch_sizes=32,512 search.strategy=random search.refine.steps=1 search.refine.horizon=150 retrain.examples=60000 | search.refine.horizon: 150 is not allowed, expected at most the 118 steps of the retraining
          space.perceptron.optional_layers=true space.perceptron.layers=1 | space.perceptron.optional_layers: true has no effect with layers = 1, which is always there; use false or more layers
          """)
  void load_settingWithoutEffect_isRefusedWithPlaceAndRemedy(String overrides, String expected) {
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.defaults(List.of(overrides.split(" "))));

    assertThat(error).hasMessageContaining(expected);
    assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE);
  }

  @Test
  void load_batchSizes_reachSpaceRankingAndRetraining() {
    Experiment experiment =
        ConfigLoader.defaults(
                List.of("search.strategy=random", "space.optimizer.batch_sizes=16,96,64"))
            .experiment();
    OptimizerSpace space = experiment.space().optimizer();
    assertThat(space.batchSizes()).containsExactly(16, 96, 64);
    // Budgets are planned with the largest.
    assertThat(experiment.search().derive().batch()).isEqualTo(96);
    OptimizerSettings chosen = experiment.fixedOptimizer().withBatch(16);
    RetrainSettings retrain = experiment.retrain().withExamples(1000);
    assertThat(retrain.of(chosen).batch()).isEqualTo(16);
    assertThat(retrain.of(chosen).steps()).isEqualTo(63);
    assertThat(retrain.of(experiment.fixedOptimizer())).isEqualTo(retrain);
    Experiment given = ConfigLoader.defaults(List.of("search.strategy=random")).experiment();
    assertThat(given.search().derive().batch()).isEqualTo(given.retrain().batch());
    assertThat(given.space().optimizer().batchSizes()).isEmpty();
  }
}
