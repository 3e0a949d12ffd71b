package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.disk.KillPoint;
import io.tandem.report.RunReader;
import io.tandem.report.RunSummary;
import io.tandem.testing.ChildProcess;
import io.tandem.testing.RunFacts;
import io.tandem.testing.Signals;
import io.tandem.testing.TinySearch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A comparison takes hours, so that it will be interrupted, and what it says must not depend on
 * that: not on a kill, not on Ctrl-C, and its cells are runs like those of a search.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CompareCommandTest {
  private static final String ARMS = "joint,random";

  @TempDir private static Path folder = Path.of("");
  private static Path whole = Path.of("");
  private static String printed = "";

  @BeforeAll
  static void compareWithoutInterruption() throws Exception {
    whole = folder.resolve("whole");
    ChildProcess.Ended ended = run(List.of(), begin(whole));
    assertThat(ended.code()).as(ended.err()).isZero();
    printed = ended.out();
    assertThat(ended.err().lines())
        .contains(
            "cell 1 of 4: joint, seed 1",
            "cell 2 of 4: random, seed 1",
            "cell 3 of 4: joint, seed 2",
            "cell 4 of 4: random, seed 2")
        .anyMatch(line -> line.startsWith("arm joint, budget: 7,354 examples: 6 search steps"))
        .anyMatch(line -> line.startsWith("note: with 2 seeds no p-value can be below 0.500;"));
  }

  private static List<String> begin(Path out, String... sets) {
    List<String> arguments = new ArrayList<>(List.of("compare", "--out", out.toString()));
    arguments.addAll(List.of("--arms", ARMS, "--seeds", "1,2"));
    arguments.addAll(TinySearch.arguments());
    for (String set : sets) {
      arguments.addAll(List.of("--set", set));
    }
    return arguments;
  }

  private static List<String> resume(Path path) {
    return List.of("compare", "--resume", path.toString());
  }

  private static ChildProcess.Ended run(List<String> options, List<String> arguments)
      throws Exception {
    return ChildProcess.run(
        new ProcessBuilder(
            ChildProcess.command(
                ChildProcess.classPath(),
                options,
                Main.class.getName(),
                arguments.toArray(String[]::new))),
        Files.createTempDirectory("tandem-compare"));
  }

  @Test
  void compare_finished_leavesTableOutcomeAndPicture() throws Exception {
    assertThat(printed.lines().toList())
        .anyMatch(line -> line.startsWith("joint ") && line.contains(" - "))
        .anyMatch(line -> line.startsWith("random ") && line.matches(".* [01]\\.\\d+  -"))
        .noneMatch(line -> line.contains(" to "))
        .anyMatch(line -> line.endsWith("fewer"));
    assertThat(printed).contains("difference, p and P(better) against joint, paired by seed");
    List<String> rows = Files.readAllLines(whole.resolve("results.csv"));
    assertThat(rows).hasSize(5);
    assertThat(rows.get(1)).matches("joint,1,0\\.\\d+,\\d.*,0\\.\\d+,\\d.*,\\d+,\\d.*,\\d.*,");
    JsonNode outcome = new ObjectMapper().readTree(whole.resolve("comparison.json").toFile());
    assertThat(outcome.path("arms")).hasSize(2);
    assertThat(outcome.path("against_reference").path(0).path("pairs").asInt()).isEqualTo(2);
    assertThat(Files.readString(whole.resolve("comparison.svg")))
        .contains(">joint<", ">random<", "Test accuracy, 2 seeds")
        .hasSizeLessThan(60_000);
  }

  /** What a comparison says of a run is what the run says, and a plain search says the same. */
  @Test
  void compare_cell_isARunLikeThatOfASearch() throws Exception {
    Path cell = whole.resolve("runs/joint-seed2");
    RunSummary summary = new RunReader(InstantSource.system()).read(cell).summary();
    assertThat(summary.status()).isEqualTo(RunSummary.Status.FINISHED);
    assertThat(summary.manifest().strategy()).isEqualTo("joint");
    Path alone = folder.resolve("alone");
    List<String> search = new ArrayList<>(List.of("search", "--out", alone.toString()));
    search.addAll(TinySearch.arguments());
    search.addAll(List.of("--set", "seed=2", "--set", "search.strategy=JOINT"));
    assertThat(run(List.of(), search).code()).isZero();
    assertThat(RunFacts.of(cell)).isEqualTo(RunFacts.of(alone));
    assertThat(Files.readString(cell.resolve("config.pbtxt")))
        .isEqualTo(Files.readString(alone.resolve("config.pbtxt")));
    assertThat(Files.readString(whole.resolve("results.csv")))
        .contains("joint,2," + summary.test() + ",");
  }

  /** Wherever it is killed, in the resume after the kill before, it ends with the same bytes. */
  @Test
  void resume_killedAtSeveralPlacesInTurn_endsLikeAnUninterruptedOne() throws Exception {
    Path path = folder.resolve("killed");
    List<String> arguments = begin(path);
    for (String place :
        List.of(
            "compare.created",
            "run.created",
            "search.shared:3",
            "retrain.step:60",
            "result.json.before-rename",
            "result.json.after-rename",
            "compare.cell",
            "run.created",
            "results.csv.before-rename",
            "comparison.svg.before-rename",
            "comparison.json.before-rename")) {
      ChildProcess.Ended ended = run(List.of("-D" + KillPoint.PROPERTY + "=" + place), arguments);
      assertThat(ended.code()).as(place + ": " + ended.err()).isEqualTo(KillPoint.STATUS);
      arguments = resume(path);
    }
    ChildProcess.Ended ended = run(List.of(), arguments);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertSameOutcome(path);
  }

  @Test
  void resume_afterCtrlC_endsLikeAnUninterruptedOne() throws Exception {
    Path path = folder.resolve("interrupted");
    List<String> command =
        ChildProcess.command(
            ChildProcess.classPath(),
            List.of(),
            Main.class.getName(),
            begin(path).toArray(String[]::new));
    Process process = new ProcessBuilder(Signals.heard(command)).redirectErrorStream(true).start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      await(output, "cell 2 of 4");
      await(output, "data: ");
      Signals.send(process, "INT");
      assertThat(output.lines())
          .contains("interrupted; resume it with: tandem compare --resume " + path);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Interruption.EXIT_CODE);
    } finally {
      process.destroyForcibly();
    }
    assertThat(path.resolve("comparison.json")).doesNotExist();
    ChildProcess.Ended ended = run(List.of(), resume(path));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).doesNotContain("cell 1 of 4").contains("cell 2 of 4");
    assertSameOutcome(path);
  }

  /** One run that goes wrong must neither end the others nor be left out without a word. */
  @Test
  void compare_armThatDiverges_isLostAndCounted() throws Exception {
    Path path = folder.resolve("lost");
    List<String> arguments = new ArrayList<>(List.of("compare", "--out", path.toString()));
    arguments.addAll(List.of("--arms", "random", "--seeds", "1", "--arm"));
    arguments.add(
        "wild: search.strategy=RANDOM, space.optimizer.families=SGD,"
            + " space.optimizer.learning_rate=100, space.optimizer.weight_decay=10");
    arguments.addAll(TinySearch.arguments());
    ChildProcess.Ended ended = run(List.of(), arguments);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("lost: wild, seed 1: search: every candidate diverged");
    assertThat(Files.readAllLines(path.resolve("results.csv")).get(2))
        .startsWith("wild,1,,,,,,,")
        .contains("every candidate diverged");
    JsonNode outcome = new ObjectMapper().readTree(path.resolve("comparison.json").toFile());
    assertThat(outcome.path("arms").path(1).path("lost").asInt()).isEqualTo(1);
    assertThat(outcome.path("against_reference").path(0).path("p_better").asDouble()).isZero();
    assertThat(run(List.of(), resume(path)).out()).isEqualTo(ended.out());
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

  private static void assertSameOutcome(Path path) throws IOException {
    for (String name : List.of("comparison.json", "comparison.svg")) {
      assertThat(Files.readString(path.resolve(name)))
          .as(name)
          .isEqualTo(Files.readString(whole.resolve(name)));
    }
    assertThat(withoutTimes(path)).isEqualTo(withoutTimes(whole));
  }

  private static List<String> withoutTimes(Path path) throws IOException {
    return Files.readAllLines(path.resolve("results.csv")).stream()
        .map(line -> line.replaceAll(",[^,]*,[^,]*,$", ""))
        .toList();
  }

  /** The table is there again at once, also by another figure, and nothing is written. */
  @Test
  void resume_finished_showsTheTableWithoutTensorFlow() throws Exception {
    String before = Files.readString(whole.resolve("comparison.json"));
    ChildProcess.Ended again = run(List.of("-Xlog:class+load"), resume(whole));
    assertThat(again.code()).isZero();
    assertThat(again.out().lines().filter(line -> !line.startsWith("[")))
        .containsExactlyElementsOf(printed.lines().toList());
    assertThat(again.out()).doesNotContain("org.tensorflow.");
    List<String> arguments = new ArrayList<>(resume(whole));
    arguments.addAll(List.of("--metric", "loss"));
    assertThat(run(List.of(), arguments).out()).contains("test loss (less is better)");
    assertThat(Files.readString(whole.resolve("comparison.json"))).isEqualTo(before);
  }
}
