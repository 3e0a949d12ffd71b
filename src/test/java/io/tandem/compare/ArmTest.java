package io.tandem.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.disk.UserError;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of arms become names of directories, and their settings reach the configuration. */
class ArmTest {
  @Test
  void parse_settings_areDividedWhereAPathFollows() {
    assertThat(Arm.parse("small: search.derive.keep=3, space.perceptron.units=8,16,response=none"))
        .isEqualTo(
            new Arm(
                "small",
                List.of("search.derive.keep=3", "space.perceptron.units=8,16", "response=none")));
    assertThat(Arm.parse("mine:data.csv.file=C:/a.csv").overrides())
        .containsExactly("data.csv.file=C:/a.csv");
    assertThat(Arm.parse("as_it_is:")).isEqualTo(new Arm("as_it_is", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".hidden", "a/b", "a b", "\u0000", "-x", "é"})
  void arm_badName_isRefusedInOneLine(String name) {
    assertThatThrownBy(() -> new Arm(name, List.of()))
        .isInstanceOf(UserError.class)
        .message()
        .startsWith("arm \"")
        .contains("not a name, expected letters, digits, '_', '-' and '.', at most 40")
        .hasLineCount(1);
  }

  @Test
  void requireComparable_namesThatDifferByCapitals_areRefused() {
    assertThatThrownBy(
            () -> Arm.requireComparable(List.of(new Arm("a", List.of()), new Arm("A", List.of()))))
        .hasMessage("arm A: given twice, expected different names; rename one");
  }

  @Test
  void requireComparable_oneOrTooMany_areRefused() {
    assertThatThrownBy(() -> Arm.requireComparable(List.of(new Arm("a", List.of()))))
        .hasMessageStartingWith("arms: 1 given, expected 2..20, the reference first;");
    List<Arm> many =
        IntStream.range(0, 21).mapToObj(number -> new Arm("a" + number, List.of())).toList();
    assertThatThrownBy(() -> Arm.requireComparable(many)).hasMessageStartingWith("arms: 21 given");
  }
}
