package io.tandem.fuzz;

import io.tandem.cli.InProcess;
import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.report.checkpoint.Checkpoint;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.retrain.RetrainCheckpoints;
import io.tandem.search.SearchState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a checkpoint holds, it is resumed or refused by name. Most inputs are read as a resume
 * reads them; some go through the whole command, which takes half a second.
 */
final class CheckpointFuzzTest {
  private static final int COMMANDS = 40;

  @TempDir private static Path folder = Path.of("");
  private static Path whole = Path.of("");

  @BeforeAll
  static void makeRun() throws IOException {
    whole = RunSeed.search(folder.resolve("whole"));
    Files.delete(whole.resolve("result.json"));
    RunSeed.delete(whole.resolve("model"));
    // One of each, so that there is none to fall back to.
    RunSeed.delete(whole.resolve("checkpoints/step-10"));
    RunSeed.delete(whole.resolve("checkpoints/retrain/step-120"));
  }

  @Test
  void resume_mutatedCheckpoints_answersInOneLine() throws IOException {
    run(Fuzz.NORMAL);
  }

  @Test
  @Tag("slow")
  void resume_manyMutatedCheckpoints_answersInOneLine() throws IOException {
    run(Fuzz.SLOW);
  }

  private static void run(int count) throws IOException {
    new Fuzz("checkpoints", folder, 1).run(count, CheckpointFuzzTest::resume);
  }

  private static InProcess.Ended resume(Random random) throws IOException {
    boolean retraining = random.nextBoolean();
    boolean command = random.nextInt(COMMANDS) == 0;
    Path run = folder.resolve("run");
    String part = command ? "" : "checkpoints";
    RunSeed.copy(whole.resolve(part), run.resolve(part));
    Path retrain = run.resolve("checkpoints/retrain");
    if (retraining) {
      CheckpointMutator.mutate(retrain.resolve("step-125"), random);
    } else {
      RunSeed.delete(retrain);
      CheckpointMutator.mutate(run.resolve("checkpoints/step-12"), random);
    }
    return command
        ? InProcess.run("search", "--resume", run.toString())
        : read(run.resolve("checkpoints"), retraining);
  }

  private static InProcess.Ended read(Path checkpoints, boolean retraining) {
    Path root = retraining ? checkpoints.resolve("retrain") : checkpoints;
    try {
      new CheckpointStore(Disk.system(), root, 2, warning -> {})
          .latest()
          .ifPresent(found -> read(found, retraining));
      return new InProcess.Ended(0, "", "");
    } catch (UserError refused) {
      return new InProcess.Ended(refused.kind().exitCode(), "", "tandem: " + refused.getMessage());
    } catch (RuntimeException | OutOfMemoryError unexpected) {
      return new InProcess.Ended(1, "", "tandem: " + unexpected);
    }
  }

  private static void read(Checkpoint checkpoint, boolean retraining) {
    if (retraining) {
      RetrainCheckpoints.read(checkpoint, state -> {});
      checkpoint.read(found -> SearchState.fromJson(found.state().path("search")));
    } else {
      checkpoint.read(found -> SearchState.fromJson(found.state()));
    }
  }
}
