package io.tandem.run.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A momentum that a look-ahead of one step cannot see is named with its update rules. */
final class UnseenMomentumTest {
  private static final String NOTHING =
      "the search learns nothing about it before its derivation with ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inner.unroll_steps=1                                         | MOMENTUM, RMSPROP, ADAM, ADAMW
          inner.unroll_steps=1 space.optimizer.families=NESTEROV,ADAMW | ADAMW
          inner.unroll_steps=1 space.optimizer.momentum=0.9 space.optimizer.by_family.adam.momentum=0.5..0.9 | ADAM
          """)
  void of_momentumThatOneStepCannotSee_namesTheUpdateRules(String overrides, String families) {
    assertThat(of(overrides))
        .singleElement()
        .asString()
        .startsWith(
            "space.optimizer.momentum: "
                + NOTHING
                + "inner.unroll_steps = 1, because the first step of "
                + families
                + " does not depend on it; fix it, for example with --set"
                + " space.optimizer.momentum=0.9, or use --set inner.unroll_steps=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void of_sharedStepsThatEachBeginWithEmptySlots_namesTheirRemedy(String steps) {
    assertThat(of("inner.unroll_steps=" + steps + " search.response_through=SHARED"))
        .singleElement()
        .asString()
        .startsWith("space.optimizer.momentum: " + NOTHING + "search.response_through")
        .contains("the first step of MOMENTUM, RMSPROP, ADAM, ADAMW does not depend on it")
        .endsWith("or use --set search.response_through=SAMPLE");
  }

  @Test
  void of_beta2ThatOneStepCannotSee_namesTheUpdateRulesThatHaveIt() {
    assertThat(
            of(
                "inner.unroll_steps=1 space.optimizer.momentum=0.9"
                    + " space.optimizer.by_family.adam.beta2=0.9..0.99"))
        .singleElement()
        .asString()
        .startsWith("space.optimizer.beta2: " + NOTHING + "inner.unroll_steps = 1")
        .contains("the first step of ADAM does not depend on it")
        .contains("--set space.optimizer.beta2=0.999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inner.unroll_steps=2",
        "inner.unroll_steps=1 space.optimizer.momentum=0.9",
        "inner.unroll_steps=2 space.optimizer.beta2=0.9..0.999",
        "inner.unroll_steps=1 space.optimizer.families=SGD,NESTEROV",
        "inner.unroll_steps=1 response=none",
        "inner.unroll_steps=1 search.strategy=RANDOM",
        "inner.unroll_steps=1 search.look_ahead=SHAPE",
      })
  void of_momentumThatIsSeenOrNotSearched_isNothing(String overrides) {
    assertThat(of(overrides)).isEmpty();
  }

  /** So that check, search and compare say it, and refuse it with --strict. */
  @Test
  void checkedData_ofTheExperiment_suspectsIt() {
    ExperimentData data =
        ExperimentData.load(ConfigLoader.defaults(List.of("inner.unroll_steps=1")).experiment());
    assertThat(CheckedData.of(data).suspicions()).anyMatch(line -> line.contains("momentum"));
  }

  private static List<String> of(String overrides) {
    return UnseenMomentum.of(ConfigLoader.defaults(List.of(overrides.split(" "))).experiment());
  }
}
