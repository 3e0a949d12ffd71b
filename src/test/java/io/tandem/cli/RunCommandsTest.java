package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tandem.cli.terminal.RunText;
import io.tandem.cli.terminal.Table;
import io.tandem.disk.Disk;
import io.tandem.disk.NextCommand;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.RunManifest;
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalEntry;
import io.tandem.space.Goal;
import io.tandem.testing.ChildProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** People and programs read runs through these commands, in three formats. */
class RunCommandsTest {
  @TempDir Path directory;

  @BeforeEach
  void createRun() {
    RunManifest manifest =
        new RunManifest("=1+1", 7, "joint", "tandem search", Instant.EPOCH, "0.1.0", "abc");
    RunDirectory.create(Disk.system(), directory.resolve("first"), manifest, "");
  }

  @Test
  void runs_eachFormat_showsTheRun() throws Exception {
    assertThat(run(new RunsCommand(), directory.toString()))
        .contains("status", "first", "joint", "interrupted");
    JsonNode json =
        new ObjectMapper().readTree(run(new RunsCommand(), directory.toString(), "-f", "json"));
    assertThat(json.path(0).path("name").asText()).isEqualTo("=1+1");
    assertThat(json.path(0).path("seed").asLong()).isEqualTo(7);
    assertThat(run(new RunsCommand(), directory.toString(), "-f", "csv").lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("first,'=1+1,joint,interrupted,start,NaN,NaN,0,0.0,7,")
        .endsWith(",,,");
  }

  @Test
  void show_eachFormat_showsTheRun() throws Exception {
    String path = directory.resolve("first").toString();
    assertThat(run(new ShowCommand(), path)).contains("interrupted", "candidates: 0");
    JsonNode json = new ObjectMapper().readTree(run(new ShowCommand(), path, "-f", "json"));
    assertThat(json.path("run").path("strategy").asText()).isEqualTo("joint");
    assertThat(run(new ShowCommand(), path, "-f", "csv")).startsWith("phase,index,");
  }

  /** Where a limit cut a run short, whoever looks at the run later should see it. */
  @Test
  void show_runThatALimitCutShort_saysWhatIsLeftOut() {
    Path run = directory.resolve("first");
    try (Journal journal = Journal.open(Disk.system(), run.resolve("journal.jsonl"))) {
      journal.append(new JournalEntry.Event("time_limit", "the search ended after 0 of 9 steps"));
    }
    assertThat(run(new ShowCommand(), run.toString()))
        .contains("left out     the search ended after 0 of 9 steps\n");
  }

  /** Who interrupts a run and looks at it later should find how it goes on. */
  @Test
  void runsAndShow_unfinishedRun_haveTheCommandThatResumesItAndNoWinnersFigure() {
    Path run = directory.resolve("first");
    try (Journal journal = Journal.open(Disk.system(), run.resolve("journal.jsonl"))) {
      journal.append(new JournalEntry.Step(1, 1, 1, 1, 0.75, -1, 1, 1, 1, 0, 0, 1_234_567, 3));
    }
    String resume = NextCommand.of("search", "--resume", run.toString());
    assertThat(run(new ShowCommand(), run.toString()).replaceAll("\\s+", " "))
        .contains(
            "validation - ",
            "resume " + resume,
            "spent 1,234,567 examples, 3s",
            "status interrupted");
    assertThat(run(new RunsCommand(), directory.toString()))
        .contains("resume: " + resume + "\n")
        .doesNotContain("0.75");
    assertThat(InProcess.run("predict", run.toString(), "--input", "x.csv").err())
        .contains(run + ": the run is not finished; resume it with: " + resume);
    assertThat(InProcess.run("export", run.toString()).err())
        .contains(run + ": the run is not finished; resume it with: " + resume);
  }

  /** Each version was tested, and none has the figure of another. */
  @Test
  void show_versionsWithCards_giveEachItsOwnFigure() throws Exception {
    Path run = directory.resolve("first");
    for (String version : List.of("1", "2")) {
      Path extra = Files.createDirectories(run.resolve("model/" + version + "/assets.extra"));
      Files.writeString(
          extra.resolve("MODEL_CARD.md"),
          "# x\n\n## Metrics\n- test.accuracy: `0.58" + version + "`\n- test.loss: `0.9`\n");
    }
    assertThat(run(new ShowCommand(), run.toString()).replaceAll("\\s+", " "))
        .contains(
            "model " + run.resolve("model/2") + " (test 58.20 %) earlier version 1 (test 58.10 %)");
    assertThat(run(new RunsCommand(), directory.toString()))
        .contains("test: of the model of the search; for those that were retrained see ");
  }

  @Test
  void show_severalVersionsOfTheModel_namesAllTheNewestFirst() throws Exception {
    Path run = directory.resolve("first");
    assertThat(run(new ShowCommand(), run.toString())).doesNotContain("model ");
    for (String version : List.of("2", "10", "1", ".11.partial")) {
      Files.createDirectories(run.resolve("model").resolve(version));
    }
    Path model = run.resolve("model");
    assertThat(run(new ShowCommand(), run.toString()).replaceAll("\\s+", " "))
        .contains("model " + model.resolve("10") + " earlier version 2 earlier version 1 ");
    JsonNode models =
        new ObjectMapper()
            .readTree(run(new ShowCommand(), run.toString(), "-f", "json"))
            .path("models");
    assertThat(models)
        .extracting(JsonNode::asText)
        .containsExactly(
            model.resolve("1").toString(),
            model.resolve("2").toString(),
            model.resolve("10").toString());
  }

  /** What is shown of such a run looks complete. */
  @Test
  void runsAndShow_damagedJournal_sayFromWhichLine() throws Exception {
    Path run = directory.resolve("first");
    Path journal = run.resolve("journal.jsonl");
    try (Journal written = Journal.open(Disk.system(), journal)) {
      for (int epoch = 1; epoch <= 4; epoch++) {
        written.append(new JournalEntry.Retrain(epoch, 0.5, 0.4, 0.875, 1000, 3));
      }
    }
    List<String> lines = Files.readAllLines(journal);
    Files.writeString(journal, String.join("\n", lines.subList(0, 3)) + "\n{\"half\":");
    assertThat(InProcess.run("show", run.toString()).err()).as("a line being written").isEmpty();
    lines.set(1, "xx");
    Files.write(journal, lines);
    String damage = ": is damaged from line 2 on, 3 lines are left out; restore it from a copy\n";
    InProcess.Ended shown = InProcess.run("show", run.toString());
    assertThat(shown.code()).isZero();
    assertThat(shown.err()).isEqualTo("tandem: " + journal + damage);
    assertThat(InProcess.run("runs", directory.toString()).err()).isEqualTo(journal + damage);
    assertThat(journal).as("not changed").hasContent(String.join("\n", lines));
  }

  /** A copy of a crashed run, and one that this process holds. */
  @Test
  void runsAndShow_liveAndCrashedRuns_tellTheirStatusWithoutTensorFlow() throws Exception {
    Path crashed = directory.resolve("first");
    Files.writeString(crashed.resolve("holder.json"), "{}");
    RunManifest manifest =
        new RunManifest("live", 7, "joint", "tandem search", Instant.EPOCH, "0.1.0", "abc");
    RunDirectory live =
        RunDirectory.create(Disk.system(), directory.resolve("second"), manifest, "");
    try (RunLock lock = RunLock.acquire(Disk.system(), live.path());
        Journal journal = Journal.open(Disk.system(), live.journal())) {
      assertThat(lock.directory()).isNotNull();
      journal.append(new JournalEntry.Event("resume", "in the retraining after step 5"));
      journal.append(new JournalEntry.Retrain(1, 0.5, 0.4, 0.875, 1000, 3));
      assertThat(loading("runs", directory.toString()))
          .anyMatch(line -> line.matches("first .* crashed .*"))
          .anyMatch(line -> line.matches("second .* running .* retrain .*0.875.*"))
          .noneMatch(line -> line.contains("org.tensorflow."));
      assertThat(loading("show", live.path().toString()))
          .anyMatch(line -> line.matches("status +running, retrain"))
          .noneMatch(line -> line.contains("org.tensorflow."));
    }
  }

  /** What a command prints in a JVM of its own, and the name of every class that it loads. */
  private static List<String> loading(String... arguments) throws Exception {
    Process process =
        ChildProcess.start(Main.class.getName(), "", List.of("-Xlog:class+load"), arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output).contains("io.tandem.report.RunReader");
    return output.lines().toList();
  }

  @Test
  void csv_cellsThatLookLikeFormulasOrHoldSeparators_areEscaped() {
    for (String start : List.of("=", "+", "-", "@", "\t")) {
      assertThat(csv(start + "x")).isEqualTo("a\n'" + start + "x\n");
    }
    assertThat(csv("a,\"b\"")).isEqualTo("a\n\"a,\"\"b\"\"\"\n");
    assertThat(csv("plain")).isEqualTo("a\nplain\n");
  }

  @Test
  void csv_withoutGuard_leavesFormulasAsTheyAre() {
    assertThat(run(new RunsCommand(), directory.toString(), "-f", "csv", "--no-formula-guard"))
        .contains("first,=1+1,joint");
    assertThat(run(new ShowCommand(), directory.resolve("first").toString(), "--no-formula-guard"))
        .contains("=1+1");
  }

  @Test
  void runsAndShow_dataOfARun_isShownWhereItIsKnown() throws Exception {
    RunManifest manifest =
        new RunManifest(
            "mine",
            7,
            "joint",
            "tandem search",
            Instant.EPOCH,
            "0.1.0",
            "abc",
            Goal.ACCURACY,
            Optional.of("tables/irises.csv"),
            Optional.empty());
    Path own = directory.resolve("own");
    RunDirectory.create(Disk.system(), own, manifest, "");
    assertThat(run(new RunsCommand(), directory.toString()).lines())
        .anyMatch(line -> line.matches("run +data +strategy .*"))
        .anyMatch(line -> line.matches("own +[.]{3}.*ses.csv +joint .*"))
        .anyMatch(line -> line.matches("first +- +joint .*"));
    assertThat(run(new RunsCommand(), directory.toString(), "-f", "csv").lines())
        .anyMatch(line -> line.endsWith(",data"))
        .anyMatch(line -> line.startsWith("own,") && line.endsWith(",tables/irises.csv"));
    assertThat(run(new ShowCommand(), own.toString())).containsPattern("(?m)^data +tables/irises");
    assertThat(run(new ShowCommand(), directory.resolve("first").toString()))
        .containsPattern("(?m)^data +-$");
    JsonNode json =
        new ObjectMapper().readTree(run(new ShowCommand(), own.toString(), "-f", "json"));
    assertThat(json.path("run").path("data").asText()).isEqualTo("tables/irises.csv");
  }

  @Test
  void runs_longNames_fitIntoEightyColumns() {
    for (String name : List.of("a-very-long-name-of-an-experiment-with-many-words-seed17", "b")) {
      RunManifest manifest =
          new RunManifest(
              "x",
              1_000_000,
              "random",
              "tandem search",
              Instant.EPOCH,
              "0.1.0",
              "abc",
              Goal.ACCURACY,
              Optional.of("/somewhere/deep/below/in/some/folder/measurements.csv"),
              Optional.empty());
      RunDirectory.create(Disk.system(), directory.resolve(name), manifest, "");
    }
    // A command is not broken, so that it can be pasted.
    assertThat(run(new RunsCommand(), directory.toString()).lines())
        .allMatch(line -> line.length() <= 80 || line.startsWith("resume: "))
        .anyMatch(line -> line.matches("[.]{3}.*seed17 +[.]{3}.*nts.csv +interrupted +start .*"));
  }

  @Test
  void duration_anyLength_hasItsTwoLargestUnits() {
    assertThat(RunText.duration(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(RunText.duration(Duration.ofSeconds(61))).isEqualTo("1m 1s");
    assertThat(RunText.duration(Duration.ofMinutes(200))).isEqualTo("3h 20m");
    assertThat(RunText.duration(Duration.ofHours(49))).isEqualTo("2d 1h");
  }

  private static String csv(String cell) {
    var row = JsonNodeFactory.instance.objectNode().put("a", cell);
    return new Table(List.of("a"), List.of(row)).csv(true);
  }

  private static String run(Callable<Integer> command, String... arguments) {
    StringWriter out = new StringWriter();
    int exitCode = new CommandLine(command).setOut(new PrintWriter(out)).execute(arguments);
    assertThat(exitCode).isZero();
    return out.toString();
  }
}
