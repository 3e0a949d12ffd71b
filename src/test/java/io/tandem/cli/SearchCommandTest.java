package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The main command from end to end, small: what it writes, that it repeats, what it refuses. */
final class SearchCommandTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter err = new StringWriter();

  @Test
  void search_twiceWithOneSeed_givesTheSameJournalAndFiles() throws IOException {
    assertThat(search("one")).isZero();
    assertThat(search("two")).isZero();
    for (String file : List.of("result.json", "winner.txt", "winner.svg", "reward.svg")) {
      assertThat(folder.resolve("one").resolve(file)).isNotEmptyFile();
    }
    assertThat(folder.resolve("one/retrain.svg")).content().contains("training loss");
    assertThat(folder.resolve("one/run.json")).content().contains("\"data\" : \"digits\"");
    assertThat(folder.resolve("one/model/1/saved_model.pb")).isNotEmptyFile();
    assertThat(JournalReader.read(folder.resolve("one/journal.jsonl")).comparable())
        .isEqualTo(JournalReader.read(folder.resolve("two/journal.jsonl")).comparable());
    assertThat(Files.readAllBytes(weights("one"))).isEqualTo(Files.readAllBytes(weights("two")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENAS", "RANDOM", "NAS"})
  void search_byEveryStrategy_ends(String strategy) {
    assertThat(search(strategy, "--set", "search.strategy=" + strategy))
        .as(err.toString())
        .isZero();
  }

  /** What such a search learned from would not be the response of anything. */
  @ParameterizedTest
  @ValueSource(strings = {"conjugate_gradient", "neumann"})
  void search_byImplicitResponse_isRefusedInOneLine(String estimator) {
    assertThat(search(estimator, "--set", "response=" + estimator)).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.contains("response." + estimator)))
        .singleElement()
        .asString()
        .contains(
            "response."
                + estimator
                + ": not allowed with strategy JOINT: it holds only where training has converged,"
                + " which shared weights never have; use response unrolled, or tandem tune with"
                + " tune.to_rest");
    assertThat(folder.resolve(estimator)).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"search.response_through=SHARED, 288", "search.architecture_gradient=GATES, 224"})
  void search_byEveryWayOfTeaching_learnsRepeatsAndCounts(String way, long examples)
      throws IOException {
    String[] small = {
      "--set", way,
      "--set", "search.budget.examples=18000",
      "--set", "search.batch=16",
      "--set", "search.validation_batch=32",
      "--set", "search.samples=2",
      "--set", "search.shared_steps=1",
      "--set", "inner.unroll_steps=2"
    };
    assertThat(search("one", small)).as(err.toString()).isZero();
    assertThat(search("two", small)).as(err.toString()).isZero();
    assertThat(JournalReader.read(folder.resolve("one/journal.jsonl")).comparable())
        .isEqualTo(JournalReader.read(folder.resolve("two/journal.jsonl")).comparable());
    assertThat(Files.readAllBytes(weights("one"))).isEqualTo(Files.readAllBytes(weights("two")));
    List<JournalEntry.Step> steps = steps("one");
    assertThat(steps)
        .hasSizeGreaterThan(3)
        .allSatisfy(step -> assertThat(step.examples()).isEqualTo(step.step() * examples))
        .allSatisfy(step -> assertThat(step.directNorm()).isPositive())
        .allSatisfy(step -> assertThat(step.responseNorm()).isPositive());
  }

  @Test
  void search_intoDirectoryThatIsNoRun_isRefused() throws IOException {
    Files.createDirectories(folder.resolve("full"));
    Files.writeString(folder.resolve("full/note"), "mine");
    assertThat(search("full")).isNotZero();
    assertThat(err.toString()).contains("full").hasLineCount(1);
    assertThat(folder.resolve("full/note")).hasContent("mine");
  }

  @Test
  void resume_withOtherConfiguration_isRefused() {
    assertThat(search("run")).isZero();
    assertThat(run("search", "--resume", folder.resolve("run").toString(), "--set", "seed=9"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("another configuration");
  }

  @Test
  void search_withBudgetTooSmallForOneStep_namesTheSetting() {
    assertThat(run("search", "--out", out("small"), "--set", "search.budget.examples=10"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("search.budget.examples");
  }

  private int search(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "search",
                "--out",
                out(name),
                "--set",
                "search.budget.examples=40000",
                "--set",
                "search.derive.samples=4",
                "--set",
                "search.derive.keep=2",
                "--set",
                "search.derive.examples=2000",
                "--set",
                "space.perceptron.layers=2",
                "--set",
                "retrain.examples=3000"));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(new String[0]));
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private List<JournalEntry.Step> steps(String run) throws IOException {
    return JournalReader.read(folder.resolve(run).resolve("journal.jsonl")).entries().stream()
        .filter(JournalEntry.Step.class::isInstance)
        .map(JournalEntry.Step.class::cast)
        .toList();
  }

  private Path weights(String run) {
    return folder.resolve(run).resolve("model/1/variables/variables.data-00000-of-00001");
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(new StringWriter()));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
