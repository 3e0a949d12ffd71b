package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tandem.disk.UserError;
import io.tandem.graph.hypergradient.ResponseSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every setting of an audit arrives, and each estimator with the settings meant for it. */
class AuditConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          audit.samples=7                                | samples=7
          audit.bound=0.25                               | bound=0.25
          audit.difference=0.001                         | difference=0.001
          audit.steps=33                                 | steps=33
          response_defaults.neumann.terms=4              | Neumann[terms=4,
          audit.estimators.neumann.terms=5               | Neumann[terms=5,
          audit.estimators.conjugate_gradient.damping=3  | damping=3.0
          response.unrolled.truncate=1                   | Unrolled[truncate=1,
          """)
  void load_oneSetting_arrivesInItsRecord(String override, String expected) {
    assertThat(ConfigLoader.defaults(List.of()).experiment().audit().toString())
        .doesNotContain(expected);
    assertThat(ConfigLoader.defaults(List.of(override)).experiment().audit().toString())
        .contains(expected);
  }

  @Test
  void restore_settingsOfUnchosenEstimators_areKept() {
    EffectiveConfig config = ConfigLoader.defaults(List.of("response_defaults.neumann.terms=4"));
    EffectiveConfig restored = ConfigLoader.restore(config.text(), "saved");
    assertThat(restored).isEqualTo(config);
    assertThat(restored.experiment().audit().estimators())
        .contains(new ResponseSettings.Neumann(4, 0.1));
  }

  @Test
  void load_outOfRange_namesThePath() {
    UserError error =
        catchThrowableOfType(
            UserError.class,
            () ->
                ConfigLoader.defaults(
                    List.of("audit.samples=1", "audit.estimators.neumann.terms=0")));
    assertThat(error)
        .hasMessageContaining("audit.samples: 1 is not allowed, expected 2..1000")
        .hasMessageContaining("audit.estimators.neumann.terms: 0 is not allowed");
  }
}
