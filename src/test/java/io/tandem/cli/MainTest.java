package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Scripts depend on exit codes and people on one clear line; neither may depend on the command. */
class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return Main.run(line, arguments);
  }

  @Test
  void help_everyCommand_exitsWithZeroAndExplainsItself() {
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      assertThat(run("help", command)).as(command).isZero();
      assertThat(out.toString()).contains("Usage: tandem " + command);
    }
  }

  @Test
  void version_asked_isPrinted() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("tandem ");
  }

  @Test
  void completion_asked_isAScript() {
    assertThat(run("completion")).isZero();
    assertThat(out.toString()).contains("complete -F");
  }

  @Test
  void run_unknownCommand_exitsWithTwoAndSuggests() {
    assertThat(run("chek")).isEqualTo(2);
    assertThat(err.toString()).contains("chek").contains("check").hasLineCount(1);
    err.getBuffer().setLength(0);
    assertThat(run("check", "--sed", "x")).isEqualTo(2);
    assertThat(err.toString()).startsWith("tandem: ").contains("--set").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--input=-o.png", "--input=--evaluate", "-i=-o.png"})
  void run_valueWithADashBehindAnEqualsSign_isNoOption(String argument) {
    assertThat(run("predict", "nowhere", argument)).isEqualTo(3);
    assertThat(err.toString()).contains("nowhere: no such directory").hasLineCount(1);
  }

  @Test
  void run_optionInPlaceOfAValue_isRefused() {
    assertThat(run("predict", "nowhere", "--input", "--evaluate")).isEqualTo(2);
    assertThat(err.toString()).contains("Expected parameter for option '--input'").hasLineCount(1);
  }

  @Test
  void check_validConfiguration_exitsWithZero() {
    assertThat(run("check", "configs/digits.pbtxt")).isZero();
    assertThat(out.toString()).contains("digits is valid");
  }

  @Test
  void check_print_showsEveryDefault() {
    assertThat(run("check", "--print", "--set", "seed=3")).isZero();
    assertThat(out.toString()).contains("seed: 3").contains("unroll_steps: 2");
  }

  @Test
  void check_badConfiguration_exitsWithTwoAndNoStackTrace() {
    assertThat(run("check", "--set", "search.batch=0")).isEqualTo(2);
    assertThat(err.toString()).contains("search.batch: 0").doesNotContain("\tat ");
  }

  @Test
  void check_missingTable_exitsWithThree() {
    assertThat(run("check", "--set", "data.csv.file=/nowhere.csv")).isEqualTo(3);
    assertThat(err.toString()).contains("/nowhere.csv").doesNotContain("\tat ");
  }

  /** Java takes an empty path for the current folder, which nobody means who gives none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          predict nowhere -i x -o ^         | option '--output'
          predict nowhere -i ^              | option '--input'
          predict nowhere -i x --labels ^   | option '--labels'
          predict ^ -i x                    | (MODEL)
          search --out ^                    | option '--out'
          search --resume ^                 | option '--resume'
          compare --out ^                   | option '--out'
          export ^                          | (RUN)
          export run --to ^                 | option '--to'
          show ^                            | (RUN)
          check ^                           | (CONFIG)
          """)
  void run_emptyPath_exitsWithTwoAndNamesTheOption(String line, String option) {
    String[] arguments = line.split(" ");
    for (int index = 0; index < arguments.length; index++) {
      arguments[index] = arguments[index].replace("^", "");
    }
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("tandem: Invalid value for ")
        .contains(option)
        .contains("the path is empty, expected a file or folder")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "\n", "ab"})
  void run_delimiterThatIsNone_exitsWithTwoAndNamesTheOption(String delimiter) {
    assertThat(run("predict", "nowhere", "-i", "x", "--delimiter", delimiter)).isEqualTo(2);
    assertThat(err.toString())
        .contains("--delimiter")
        .contains("is not allowed, expected one character, not a quote or line break, tab for a")
        .doesNotContain("java")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t", "\\t", "tab", ";"})
  void run_delimiter_isAccepted(String delimiter) {
    assertThat(run("predict", "nowhere", "-i", "x", "--delimiter", delimiter)).isEqualTo(3);
    assertThat(err.toString()).contains("nowhere: no such directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.5", "9223372036854775808"})
  void run_seedThatIsNoNumber_saysWhatIsAllowed(String seed) {
    assertThat(run("retrain", "nowhere", "--seed", seed)).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "'" + seed + "' is not allowed, expected a whole number from -9223372036854775808")
        .hasLineCount(1);
  }

  @Test
  void run_exportIntoAFile_exitsWithTwo(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(run("export", folder.toString(), "--to", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--to: " + file + " is a file").hasLineCount(1);
  }
}
