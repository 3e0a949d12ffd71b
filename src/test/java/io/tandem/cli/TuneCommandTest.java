package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.disk.KillPoint;
import io.tandem.report.journal.JournalEntry;
import io.tandem.report.journal.JournalReader;
import io.tandem.testing.ChildProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Tuning from end to end, small: that it improves, survives a kill, and refuses what it must. */
final class TuneCommandTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static final List<String> SMALL =
      List.of(
          "tune.units=8",
          "tune.steps=6",
          "tune.batch=64",
          "tune.outer.steps=5",
          "tune.outer.learning_rate=0.3",
          "tune.learning_rate.granularity=LAYER_STEP",
          "tune.l2.granularity=UNIT",
          "tune.l2.initial=0.001",
          "report.checkpoint_every=2");

  @Test
  void tune_digits_improvesAndLeavesResultAndPictures() throws IOException {
    assertThat(tune("run")).as(err.toString()).isZero();
    Path run = folder.resolve("run");
    for (String file :
        List.of(
            "result.json",
            "hyperparameters.json",
            "losses.svg",
            "gradients.svg",
            "learning.svg",
            "schedule-learning_rate.svg")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    JsonNode result = new ObjectMapper().readTree(run.resolve("result.json").toFile());
    assertThat(result.path("outer.loss.after").asDouble())
        .isLessThan(result.path("outer.loss.before").asDouble());
    assertThat(result.path("test.accuracy").asDouble()).isBetween(0.0, 1.0);
    JsonNode rates = result.path("hyperparameters").path("learning_rate");
    assertThat(rates.path("granularity").asText()).isEqualTo("layer_step");
    assertThat(rates.path("values")).hasSize(12);
    assertThat(run("show", run.toString())).isZero();
    assertThat(out.toString())
        .contains("trainings: 6, by outer loss; * is the best\n", "learning_rate")
        .containsPattern("(?m)^data +digits$")
        .containsPattern("(?m)^\\* +\\d ");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80 || line.contains("/"));
    assertThat(run("runs", folder.toString(), "-f", "csv")).isZero();
    assertThat(out.toString()).contains(",tune,finished,done,");
  }

  @Test
  void tune_learntInputs_drawsThem() {
    assertThat(
            tune(
                "learnt",
                "tune.l2.granularity=FIXED",
                "tune.learning_rate.granularity=FIXED",
                "tune.inputs.rows=10"))
        .as(err.toString())
        .isZero();
    assertThat(folder.resolve("learnt/inputs.svg")).content().contains("<rect").contains(">9<");
  }

  @Test
  void tune_killedAndResumed_endsWithTheSameBits() throws Exception {
    assertThat(killed("whole", "")).isZero();
    for (String point :
        List.of("tune.trained:4", "checkpoint.after-manifest:2", "result.json.before-rename")) {
      String name = point.replaceAll("\\W", "-");
      assertThat(killed(name, point)).as(point).isEqualTo(KillPoint.STATUS);
      assertThat(resumed(name)).isZero();
      assertThat(comparable(name)).as(point).isEqualTo(comparable("whole"));
      assertThat(Files.readString(folder.resolve(name).resolve("hyperparameters.json")))
          .isEqualTo(Files.readString(folder.resolve("whole/hyperparameters.json")));
    }
  }

  private static final String[] TO_REST = {
    "tune.initial_weights=ZERO",
    "tune.rule=NESTEROV",
    "tune.steps=2000",
    "tune.batch=10000",
    "tune.learning_rate.granularity=FIXED",
    "tune.learning_rate.initial=0.1",
    "tune.to_rest=true",
    "tune.warm_start=true",
    "tune.outer.method=HOAG",
    "tune.outer.tolerance=0.02",
    "response=conjugate_gradient",
    "response.conjugate_gradient.damping=0",
    "tune.l2.initial=0.1"
  };

  @Test
  void tune_toRestKilledAndResumed_beginsWhereItWasWarm() throws Exception {
    assertThat(killed("whole", "", TO_REST)).isZero();
    String name = "parts";
    assertThat(killed(name, "tune.trained:4", TO_REST)).isEqualTo(KillPoint.STATUS);
    assertThat(resumed(name)).isZero();
    assertThat(comparable(name)).isEqualTo(comparable("whole"));
    List<JournalEntry.Solved> solved =
        JournalReader.read(folder.resolve("whole/journal.jsonl")).entries().stream()
            .filter(JournalEntry.Tuned.class::isInstance)
            .map(entry -> Objects.requireNonNull(((JournalEntry.Tuned) entry).solved()))
            .toList();
    assertThat(solved).hasSize(6);
    assertThat(solved.get(1).tolerance()).isEqualTo(0.02 / 4);
    assertThat(solved)
        .allSatisfy(
            each -> {
              assertThat(each.gradientNorm()).isLessThanOrEqualTo(each.tolerance());
              assertThat(each.products()).isPositive();
              assertThat(each.breakdowns()).isZero();
            });
  }

  @Test
  void tune_toRestOnBatches_saysHowManyRowsThereAre() {
    String[] settings = TO_REST.clone();
    settings[3] = "tune.batch=64";
    assertThat(tune("batches", settings)).isEqualTo(2);
    assertThat(err.toString())
        .contains("tune.batch: 64 is not allowed with to_rest, expected all ")
        .hasLineCount(1);
  }

  @Test
  void tune_nothingTuned_saysHow() {
    assertThat(run("tune", "--out", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("nothing is tuned").hasLineCount(1);
  }

  @Test
  void tune_horizonBeyondMemory_givesEstimateAndRemedy() {
    assertThat(tune("large", "tune.steps=50", "tune.memory_mib=4")).isEqualTo(2);
    assertThat(err.toString())
        .contains("tune.steps: 50 steps in the graph need about")
        .contains("4 MiB are free")
        .contains("reversible");
  }

  @Test
  void tune_divergingTraining_saysWhatToLower() {
    assertThat(
            tune(
                "wild",
                "tune.learning_rate.initial=100",
                "tune.learning_rate.max=100",
                "tune.initial_scale.initial=1000",
                "tune.l2.initial=100",
                "tune.l2.max=1000",
                "tune.steps=30"))
        .isEqualTo(4);
    assertThat(err.toString()).contains("diverges at the initial point").doesNotContain("\tat ");
  }

  @Test
  void resume_runOfTheOtherCommand_isRefused() {
    assertThat(tune("run", "tune.outer.steps=0")).isZero();
    assertThat(run("search", "--resume", folder.resolve("run").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("was begun by tandem tune");
  }

  private int killed(String name, String point, String... more) throws Exception {
    return apart(name, point, arguments(name, more));
  }

  /**
   * In a process of its own, killed at a point unless that is empty. TensorFlow's threads are those
   * that the first session of a process asks for, and with other threads sums over many rows may
   * have other last bits.
   */
  private int apart(String name, String point, List<String> arguments) throws Exception {
    Process process =
        ChildProcess.start(Main.class.getName(), point, arguments.toArray(new String[0]));
    Files.write(folder.resolve(name + ".log"), process.getInputStream().readAllBytes());
    return process.waitFor();
  }

  private int resumed(String name) throws Exception {
    return apart(name, "", List.of("tune", "--resume", folder.resolve(name).toString()));
  }

  private List<String> comparable(String name) {
    return JournalReader.read(folder.resolve(name).resolve("journal.jsonl")).comparable();
  }

  private int tune(String name, String... more) {
    return run(arguments(name, more).toArray(new String[0]));
  }

  private List<String> arguments(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("tune", "--out"));
    arguments.add(folder.resolve(name).toString());
    List<String> settings = new ArrayList<>(SMALL);
    settings.addAll(Arrays.asList(more));
    if (settings.contains("tune.initial_weights=ZERO")) {
      settings.remove("tune.units=8");
    }
    for (String setting : settings) {
      arguments.add("--set");
      arguments.add(setting);
    }
    return arguments;
  }

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
