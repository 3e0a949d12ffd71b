package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.report.UserError;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A searched setting that nothing reads would be noise in every comparison: it is refused. */
final class OptimizerConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          space.optimizer.beta2=0.9..0.99 space.optimizer.families=sgd,nesterov | space.optimizer.beta2: has no effect on [SGD, NESTEROV]; remove it, or add one of [RMSPROP, ADAM, ADAMW] to families
          space.optimizer.warmup=0.1..0.5 space.optimizer.schedules=constant,cosine | space.optimizer.warmup: has no effect on [CONSTANT, COSINE]; remove it, or add WARMUP_LINEAR to schedules
          fixed_optimizer.warmup=0.2 | fixed_optimizer.warmup: 0.2 has no effect on COSINE; use 0, or WARMUP_LINEAR as schedule
          response=neumann space.optimizer.warmup=0.1..0.5 | space.optimizer.warmup: cannot be searched with response neumann
          response=neumann space.optimizer.beta2=0.9..0.99 | space.optimizer.beta2: cannot be searched with response neumann: it does not move the point where training rests
          response=neumann space.optimizer.by_family.adam.beta2=0.9..0.99 | space.optimizer.by_family.adam.beta2: cannot be searched with response neumann
          """)
  void load_settingWithoutEffect_isRefusedWithPlaceAndRemedy(String overrides, String expected) {
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ConfigLoader.defaults(List.of(overrides.split(" "))));

    assertThat(error).hasMessageContaining(expected);
    assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE);
  }
}
