package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user leaves out follows from what the user gave. */
class FittingDefaultsTest {
  @TempDir private Path folder = Path.of("");

  private static String networks(Experiment experiment) {
    return experiment
        .space()
        .architecture()
        .match(
            perceptrons -> "perceptron",
            macros -> "macro",
            micros -> "micro",
            recurrents -> "recurrent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data { images { path: "p" } }                                  | macro
          data { cifar { path: "p" } }                                   | macro
          data { idx { images: "a" labels: "b" test_images: "c" test_labels: "d" } } | macro
          data { text { train: "a" test: "b" } }                         | recurrent
          data { csv { file: "t.csv" } }                                 | perceptron
          seed: 2                                                        | perceptron
          data { images { path: "p" } } space { micro { cells: 2 } }     | micro
          data { images { path: "p" } } space { perceptron {} }          | perceptron
          data { images { path: "p" } } space { optimizer { families: SGD } } | macro
          data { images { path: "p" } } graph: "g.pbtxt"                 | micro
          data { images { path: "p" } } tune { learning_rate { granularity: GLOBAL } } | perceptron
          """)
  void load_networks_followTheData(String text, String expected) throws IOException {
    Files.writeString(folder.resolve("g.pbtxt"), "micro { cells: 1 }");
    Path file = Files.writeString(folder.resolve("own.pbtxt"), text);
    EffectiveConfig config = ConfigLoader.load(file, List.of());
    assertThat(networks(config.experiment())).isEqualTo(expected);
    assertThat(ConfigLoader.restore(config.text(), "saved")).isEqualTo(config);
    assertThat(networks(ConfigLoader.fullyConnected(Optional.of(file), List.of()).experiment()))
        .isEqualTo(expected.equals("macro") ? "perceptron" : expected);
  }

  @ParameterizedTest
  @CsvSource({
    "data.csv.file=t.csv, 0",
    "data.parquet.file=t.parquet, 0",
    "data.csv_parts.train=a;data.csv_parts.validation=b;data.csv_parts.test=c, 0",
    "data.jdbc.url=jdbc:h2:x;data.jdbc.query=select 1, 0",
    "data.digits={}, 1",
    "data.images.path=p, 1",
    "data.text.train=a;data.text.test=b, 1",
    "data.csv.file=t.csv;retrain.ensemble=1, 1",
    "data.csv.file=t.csv;retrain.ensemble=9, 9",
  })
  void load_networksThatAnswerTogether_areLeftOpenForTables(String overrides, int expected) {
    EffectiveConfig config = ConfigLoader.defaults(List.of(overrides.split(";", -1)));
    assertThat(config.experiment().retrain().ensemble()).isEqualTo(expected);
    assertThat(ConfigLoader.restore(config.text(), "saved")).isEqualTo(config);
  }

  @Test
  void load_networksBySet_followTheData() {
    assertThat(networks(ConfigLoader.defaults(List.of("data.images.path=p")).experiment()))
        .isEqualTo("macro");
    assertThat(
            networks(
                ConfigLoader.defaults(List.of("data.images.path=p", "space=micro")).experiment()))
        .isEqualTo("micro");
  }

  @ParameterizedTest
  @CsvSource({
    "seed: 1, false",
    "retrain { with_validation: true }, false",
    "retrain { with_validation: false }, true",
    "retrain { with_validation: false keep_best: false }, false",
  })
  void load_bestEpoch_isKeptWhereItCanBeTold(String text, boolean expected) throws IOException {
    Path file = Files.writeString(folder.resolve("own.pbtxt"), text);
    EffectiveConfig config = ConfigLoader.load(file, List.of());
    assertThat(config.experiment().retrain().keepBest()).isEqualTo(expected);
    assertThat(ConfigLoader.restore(config.text(), "saved")).isEqualTo(config);
    EffectiveConfig held = ConfigLoader.load(file, List.of("retrain.with_validation=false"));
    assertThat(held.experiment().retrain().keepBest()).isEqualTo(!text.contains("keep_best"));
  }

  @ParameterizedTest
  @CsvSource({
    "iris.pbtxt, iris",
    "Köln 2.pbtxt, Koln-2",
    "..hidden.pbtxt, hidden",
    "experiment.v2.txt, experiment.v2",
    "数据.pbtxt, experiment",
  })
  void load_noName_isThatOfTheFile(String file, String expected) throws IOException {
    Path own = Files.writeString(folder.resolve(file), "seed: 3\n");
    assertThat(ConfigLoader.load(own, List.of()).experiment().name()).isEqualTo(expected);
  }

  @Test
  void load_aName_isKept() throws IOException {
    Path own = Files.writeString(folder.resolve("file.pbtxt"), "name: \"mine\"\n");
    assertThat(ConfigLoader.load(own, List.of()).experiment().name()).isEqualTo("mine");
    assertThat(ConfigLoader.load(own, List.of("name=other")).experiment().name())
        .isEqualTo("other");
  }

  @Test
  void defaults_otherData_giveTheName() {
    assertThat(ConfigLoader.defaults(List.of("data.csv.file=x/wine.csv.gz")).experiment().name())
        .isEqualTo("wine");
    assertThat(ConfigLoader.defaults(List.of()).experiment().name()).isEqualTo("digits");
  }
}
