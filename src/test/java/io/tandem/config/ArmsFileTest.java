package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.compare.Arm;
import io.tandem.disk.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An arm that does not do what its name says would be compared all the same. */
class ArmsFileTest {
  @TempDir private Path folder = Path.of("");

  static Stream<Arm> shipped() {
    return ArmsFile.shipped().stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shipped_everyArm_isAConfiguration(Arm arm) {
    assertThat(ConfigLoader.defaults(arm.overrides()).experiment().search().strategy().name())
        .isEqualTo(
            switch (arm.name()) {
              case "untrained", "two_controllers" -> "JOINT";
              case "random_shared" -> "ENAS";
              default ->
                  arm.name().replaceFirst("_untrained|_no_response", "").toUpperCase(Locale.ROOT);
            });
    assertThat(ArmsFile.shipped(arm.name())).isEqualTo(arm);
  }

  @Test
  void shipped_hasEveryStrategyThatSearches() {
    assertThat(ArmsFile.shipped())
        .extracting(Arm::name)
        .contains(
            "joint",
            "enas",
            "random",
            "enas_tuned_once",
            "enas_then_hyperparameters",
            "random_halving",
            "evolution",
            "nas",
            "joint_no_response",
            "untrained",
            "two_controllers",
            "random_shared")
        .doesNotHaveDuplicates();
  }

  @Test
  void read_file_hasArmsWithSettingsAndShippedOnes() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("arms.pbtxt"),
            """
            # reference
            arm { name: "random" }
            arm { name: "small" set: "search.derive.keep=3" set: "response=none" }
            """);
    assertThat(ArmsFile.read(file))
        .containsExactly(
            new Arm("random", List.of("search.strategy=RANDOM")),
            new Arm("small", List.of("search.derive.keep=3", "response=none")));
  }

  @Test
  void read_mistakes_areToldWithTheirPlaces() throws IOException {
    Path file = Files.writeString(folder.resolve("arms.pbtxt"), "arm { nam: 'x' }\narms {}\n");
    assertThatThrownBy(() -> ArmsFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ":1:7: unknown setting \"nam\"; did you mean name?")
        .hasMessageContaining(file + ":2:1: unknown setting \"arms\"; did you mean arm?");
    Files.writeString(file, "# none\n");
    assertThatThrownBy(() -> ArmsFile.read(file))
        .hasMessageStartingWith(file + ": no arm, expected arm { name:");
    Files.writeString(file, "arm { name: 'nowhere' }");
    assertThatThrownBy(() -> ArmsFile.read(file))
        .hasMessageStartingWith("arm nowhere: no arm has this name; expected one of joint,");
  }
}
