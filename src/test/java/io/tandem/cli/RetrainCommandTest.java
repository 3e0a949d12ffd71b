package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.disk.Disk;
import io.tandem.disk.KillPoint;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.RunManifest;
import io.tandem.disk.UserError;
import io.tandem.report.Results;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.testing.ChildProcess;
import io.tandem.testing.FailingDisk;
import io.tandem.testing.RunBytes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A finished run yields further versions, trained again or copied, and an unfinished one does not.
 */
class RetrainCommandTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private String error = "";

  private int run(Object command, String... args) {
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(new StringWriter()));
    line.setExecutionExceptionHandler(
        (failure, own, parsed) -> {
          error = String.valueOf(failure.getMessage());
          return failure instanceof UserError mistake ? mistake.kind().exitCode() : 1;
        });
    return line.execute(args);
  }

  private static final EffectiveConfig CONFIG =
      ConfigLoader.defaults(
          List.of("retrain.examples=3000", "retrain.batch=50", "retrain.checkpoint_every=10"));

  private RunDirectory create(String name) {
    return RunDirectory.create(
        Disk.system(),
        directory.resolve(name),
        new RunManifest(
            "digits", 1, "joint", "tandem search", Instant.EPOCH, "0.1.0", CONFIG.hash()),
        CONFIG.text());
  }

  private static void finish(RunDirectory made) {
    PerceptronArchitecture architecture =
        new PerceptronArchitecture(
            List.of(new PerceptronArchitecture.Layer(32, Activation.RELU, 0, List.of())));
    Candidate winner = new Candidate(architecture, CONFIG.experiment().fixedOptimizer());
    new Results(0.9, 0.9, winner, Optional.empty(), 10, 1, 1, "model/1")
        .write(Disk.system(), made.result());
  }

  /** Whichever operation fails, one line says so, and the same command ends as if none had. */
  @Test
  void retrain_diskFails_endsInOneLineAndGoesOnToTheSame() throws Exception {
    RunDirectory whole = create("whole");
    finish(whole);
    FailingDisk counting = new FailingDisk(FailingDisk.Failure.NO_SPACE, Integer.MAX_VALUE);
    assertThat(run(new RetrainCommand(counting), whole.path().toString())).as(error).isZero();
    int operations = counting.operations();
    FailingDisk.Failure[] failures = FailingDisk.Failure.values();
    for (int part = 1; part <= 4; part++) {
      // The last operation is after the version has appeared.
      int at = Math.min(operations - 1, part * operations / 4);
      RunDirectory made = create("run-" + at);
      finish(made);
      String run = made.path().toString();
      FailingDisk disk = new FailingDisk(failures[part % failures.length], at);
      assertThat(run(new RetrainCommand(disk), run)).as("operation " + at).isEqualTo(4);
      assertThat(error)
          .startsWith(run)
          .doesNotContain("\n", "Exception", "search --resume")
          .as("operation " + at);
      assertThat(made.model().resolve("1")).doesNotExist();
      assertThat(run(new RetrainCommand(), run)).as(error).isZero();
      assertThat(RunBytes.of(made.path())).isEqualTo(RunBytes.of(whole.path()));
    }
  }

  @Test
  void retrain_runOfAnotherProcess_isRefusedAndLeavesItAlone() {
    RunDirectory made = create("held");
    finish(made);
    RunLock held = RunLock.acquire(Disk.system(), made.path());
    try (held) {
      assertThat(run(new RetrainCommand(), made.path().toString())).isEqualTo(4);
      assertThat(error).contains("is writing to this run").doesNotContain("\n");
      assertThat(made.model()).doesNotExist();
    }
  }

  @Test
  void retrainAndExport_finishedRun_publishTheNextVersionsAlsoAfterAKill() throws Exception {
    RunDirectory made = create("run");
    String run = made.path().toString();
    assertThat(run(new RetrainCommand(), run)).isEqualTo(4);
    assertThat(error).contains("the run is not finished").doesNotContain("\n");

    finish(made);
    assertThat(run(new RetrainCommand(), run, "--seed", "5")).as(error).isZero();
    assertThat(made.model().resolve("1/saved_model.pb")).exists();
    assertThat(out.toString()).contains("test accuracy       0.", "\nmodel               ");
    assertThat(run(new ExportCommand(), run)).as(error).isZero();
    assertThat(made.model().resolve("2/saved_model.pb")).exists();
    RunLock held = RunLock.acquire(Disk.system(), made.path());
    try (held) {
      assertThat(run(new ExportCommand(), run)).isEqualTo(4);
      assertThat(error).contains("is writing to this run").doesNotContain("\n");
    }
    Path served = directory.resolve("served");
    assertThat(run(new ExportCommand(), run, "--to", served.toString())).as(error).isZero();
    assertThat(served.resolve("1/variables/variables.index")).exists();

    String killAt = "retrain.step:25";
    Process killed =
        ChildProcess.start(Main.class.getName(), killAt, "retrain", run, "--seed", "5");
    String output = new String(killed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(killed.waitFor()).as(output).isEqualTo(KillPoint.STATUS);
    Path checkpoints = made.retrainCheckpoints(5);
    assertThat(checkpoints.resolve("step-20")).isDirectory();
    assertThat(run(new RetrainCommand(), run, "--seed", "5")).as(error).isZero();
    String weights = "variables/variables.data-00000-of-00001";
    assertThat(made.model().resolve("3").resolve(weights))
        .hasSameBinaryContentAs(made.model().resolve("1").resolve(weights));
    assertThat(checkpoints).doesNotExist();
  }
}
