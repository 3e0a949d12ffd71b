package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
