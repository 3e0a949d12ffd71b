package io.tandem.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tandem.disk.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All mistakes of a file are told at once, each with its place in the file as it is. */
class TextParserTest {
  @TempDir private Path folder = Path.of("");

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("own.pbtxt"), text);
  }

  private static String refused(Path file) {
    UserError error =
        catchThrowableOfType(UserError.class, () -> ConfigLoader.load(file, List.of()));
    assertThat(error).as("a mistake").isNotNull();
    return String.valueOf(error.getMessage());
  }

  @Test
  void load_manyMistakes_areToldTogether() throws IOException {
    Path file =
        write(
            """
            seed: x
            search {
              strategy: JONT  batch: 1e2 samples: two
              serch { a { b: 1 } }
            }
            seed 3
            name: abc
            seed: 4
            seed: 5
            space { perceptron { units: [32, x, 1e1, 6.5] layers: 99999999999 } }
            space { perceptron { skips: true } }
            bacth: 3
            search { batch: 0 }
            }
            """);
    assertThat(refused(file).lines().map(line -> line.replace(file + ":", "")))
        .contains(
            "1:7: x is not allowed, expected an integer",
            "3:13: JONT is not allowed; did you mean JOINT?",
            "3:39: two is not allowed, expected an integer",
            "6:6: cannot be read as protobuf text: Expected \":\"; compare it with what tandem check --print shows",
            "7:7: cannot be read as protobuf text: Expected string; compare it with what tandem check --print shows",
            "10:34: x is not allowed, expected an integer",
            "10:42: 6.5 is not allowed, expected an integer",
            "10:55: 99999999999 is not allowed, expected a smaller number",
            "14:1: cannot be read as protobuf text: Expected identifier. Found '}'; compare it with what tandem check --print shows")
        .anyMatch(
            line -> line.equals("9:5: seed is set twice, expected once; remove one of the two"))
        .anyMatch(line -> line.startsWith("12:1: unknown setting \"bacth\""))
        .anyMatch(line -> line.startsWith("4:3: unknown setting \"serch\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          search { budget { examples: 2e6 } }    | 2000000
          search { budget { examples: 1.5e6 } }  | 1500000
          search { budget { examples: 12E+5 } }  | 1200000
          """)
  void load_exponents_areWholeNumbers(String text, int expected) throws IOException {
    assertThat(ConfigLoader.load(write(text), List.of()).experiment().search().budget().examples())
        .isEqualTo(expected);
    String value = text.replaceAll(".*: | }.*", "");
    assertThat(
            ConfigLoader.defaults(List.of("search.budget.examples=" + value))
                .experiment()
                .search()
                .budget()
                .examples())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed: 1.5e0                            | 1:7: 1.5e0 is not allowed, expected an integer
          seed: 1e99                             | expected a smaller number
          seed: 1e3 name: 4                      | 1:17: cannot be read
          seed: "a                               | 1:7: "a is not allowed, expected an integer
          name: "a                               | 1:7: cannot be read
          seed: 'a {' serch { }                  | 1:13: unknown setting "serch"
          response { none {} unrolled { } }      | 1:20: unrolled and none exclude each other
          data { csv { file: "x" } idx { } }     | 1:26: idx and csv exclude each other
          """)
  void load_oneMistake_isPlacedInTheFileAsItIs(String text, String expected) throws IOException {
    assertThat(refused(write(text))).contains(expected);
  }

  /** Each sign without sense was a complaint of its own, after which all was parsed again. */
  @Test
  void load_lineOfThousandsOfSigns_isToldInSeconds() throws IOException {
    Path file = write("seed: 1\n" + "}".repeat(100_000) + "\u0085\n");
    String message = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused(file));
    assertThat(message).startsWith(file + ":2:1: cannot be read as protobuf text").hasLineCount(1);
  }

  @Test
  void load_byteOrderMark_isLeftOut() throws IOException {
    assertThat(ConfigLoader.load(write("\uFEFFseed: 7\n"), List.of()).experiment().seed())
        .isEqualTo(7);
    assertThat(refused(write("\uFEFFsed: 7\n"))).contains("own.pbtxt:1:1: unknown setting \"sed\"");
  }

  @Test
  void load_fileOfAnotherKind_saysWhatToType() throws IOException {
    Path table = Files.writeString(folder.resolve("my table.csv"), "a,b\n1,2\n");
    assertThat(refused(table)).contains("is a table", "--set 'data.csv.file=" + table + "'");
    Path named = Files.writeString(folder.resolve("table.txt"), "a;b;c\n1;2;3\n");
    assertThat(refused(named)).contains("is a table").hasLineCount(1);
    Path large =
        Files.write(
            folder.resolve("large.csv"), "1,2\n".repeat(1 << 19).getBytes(StandardCharsets.UTF_8));
    assertThat(refused(large)).contains("is a table");
    Path json = Files.writeString(folder.resolve("a.json"), "\n{\"seed\": 1}\n");
    assertThat(refused(json)).contains("looks like JSON", "configs/").hasLineCount(1);
    assertThat(refused(folder)).contains("--set data.images.path=" + folder);
  }
}
