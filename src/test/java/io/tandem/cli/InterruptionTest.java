package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.report.RunReader;
import io.tandem.report.RunSummary;
import io.tandem.testing.ChildProcess;
import io.tandem.testing.Signals;
import io.tandem.testing.TinySearch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ctrl-C stops a run in order, soon, whatever it is at; a second one at once. So do a request to
 * terminate, which is all that reaches a run in the background, and the end of the terminal.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class InterruptionTest {
  private static final long PROMISED_SECONDS = 5;

  @TempDir private Path folder = Path.of("");

  /** The overrides make the phase last for hours, but for the export, which cannot be long. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          search: 0 of  | INT  | search.budget.examples=1000000000
          search: 0 of  | TERM | search.budget.examples=1000000000
          search: 0 of  | HUP  | search.budget.examples=1000000000
          search: 0 of  | INT  | search.strategy=RANDOM search.derive.examples=100000000 search.budget.examples=1000000000
          rung 0: 0 of  | TERM | search.derive.samples=1 search.derive.keep=1 search.derive.examples=100000000 search.budget.examples=200006000
          retrain: 1 of | INT  | retrain.examples=1000000000
          export: 0 of  | INT  | export.batch_sizes=1,2,3,4,5,6,7,8
          """)
  void search_signalInAnyPhase_checkpointsAndExitsWith130(
      String line, String signal, String overrides) throws Exception {
    Process process = start(overrides.split(" "));
    try (BufferedReader output = output(process)) {
      await(output, line);
      Signals.send(process, signal);
      assertThat(process.waitFor(PROMISED_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Interruption.EXIT_CODE);
      assertThat(output.lines())
          .anyMatch(
              text -> text.startsWith("interrupted; resume it with: tandem search --resume "));
    } finally {
      process.destroyForcibly();
    }
    Path run = folder.resolve("run");
    assertThat(run.resolve("checkpoints")).isNotEmptyDirectory();
    assertThat(run.resolve("result.json")).doesNotExist();
    assertThat(new RunReader(InstantSource.system()).read(run).summary().status())
        .isEqualTo(RunSummary.Status.INTERRUPTED);
  }

  @ParameterizedTest
  @CsvSource({"INT, INT", "TERM, TERM", "HUP, TERM"})
  void search_secondSignal_exitsAtOnce(String first, String second) throws Exception {
    Process process = start("search.shared_steps=10000", "search.budget.examples=1000000000");
    try (BufferedReader output = output(process)) {
      await(output, "search: 0 of");
      Signals.send(process, first);
      await(output, "interrupted: writing a checkpoint; interrupt again to stop at once");
      assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
      Signals.send(process, second);
      assertThat(process.waitFor(2, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Interruption.EXIT_CODE);
      assertThat(output.lines())
          .noneMatch(text -> text.startsWith("interrupted; resume"))
          .anyMatch(
              text ->
                  text.startsWith(
                      "stopped; resume it from the last checkpoint with: tandem search --resume "));
    } finally {
      process.destroyForcibly();
    }
    assertThat(new RunReader(InstantSource.system()).read(folder.resolve("run")).summary().status())
        .isEqualTo(RunSummary.Status.CRASHED);
  }

  /** {@code nohup} and shells ask a run in the background to ignore two of the signals. */
  @Test
  void search_signalsIgnoredFromTheStart_hearsTheRequestToTerminateOnly() throws Exception {
    Process process = start(Signals.ignored(command("search.budget.examples=1000000000")));
    try (BufferedReader output = output(process)) {
      await(output, "search: 0 of");
      Signals.send(process, "INT");
      Signals.send(process, "HUP");
      assertThat(process.waitFor(1, TimeUnit.SECONDS)).isFalse();
      Signals.send(process, "TERM");
      assertThat(process.waitFor(PROMISED_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Interruption.EXIT_CODE);
      assertThat(output.lines())
          .containsOnlyOnce("interrupted: writing a checkpoint; interrupt again to stop at once")
          .anyMatch(text -> text.startsWith("interrupted; resume it with: "));
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(String... overrides) throws IOException, InterruptedException {
    return start(Signals.heard(command(overrides)));
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private List<String> command(String... overrides) {
    List<String> arguments =
        new ArrayList<>(List.of("search", "--out", folder.resolve("run").toString()));
    arguments.addAll(TinySearch.arguments());
    for (String override : overrides) {
      arguments.addAll(List.of("--set", override));
    }
    return ChildProcess.command(
        ChildProcess.classPath(),
        List.of(),
        Main.class.getName(),
        arguments.toArray(new String[0]));
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void await(BufferedReader output, String start) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.add(line);
      if (line.startsWith(start)) {
        return;
      }
    }
    assertThat(seen).as("no line begins with " + start).isNull();
  }
}
