package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.config.ConfigLoader;
import io.tandem.config.EffectiveConfig;
import io.tandem.report.Disk;
import io.tandem.report.KillPoint;
import io.tandem.report.Results;
import io.tandem.report.RunDirectory;
import io.tandem.report.RunManifest;
import io.tandem.report.UserError;
import io.tandem.space.Activation;
import io.tandem.space.Candidate;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.testing.ChildProcess;
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

  @Test
  void retrainAndExport_finishedRun_publishTheNextVersionsAlsoAfterAKill() throws Exception {
    EffectiveConfig config =
        ConfigLoader.defaults(
            List.of("retrain.examples=3000", "retrain.batch=50", "retrain.checkpoint_every=10"));
    RunDirectory made =
        RunDirectory.create(
            Disk.system(),
            directory.resolve("run"),
            new RunManifest("digits", 1, "joint", "tandem search", Instant.EPOCH, "0.1.0", config.hash()),
            config.text());
    String run = made.path().toString();
    assertThat(run(new RetrainCommand(), run)).isEqualTo(4);
    assertThat(error).contains("has no result yet").doesNotContain("\n");

    PerceptronArchitecture architecture =
        new PerceptronArchitecture(
            List.of(new PerceptronArchitecture.Layer(32, Activation.RELU, 0, List.of())));
    Candidate winner = new Candidate(architecture, config.experiment().fixedOptimizer());
    new Results(0.9, 0.9, winner, Optional.empty(), 10, 1, 1, "model/1")
        .write(Disk.system(), made.result());
    assertThat(run(new RetrainCommand(), run, "--seed", "5")).as(error).isZero();
    assertThat(made.model().resolve("1/saved_model.pb")).exists();
    assertThat(out.toString()).contains("test.accuracy 0.");
    assertThat(run(new ExportCommand(), run)).as(error).isZero();
    assertThat(made.model().resolve("2/saved_model.pb")).exists();
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
