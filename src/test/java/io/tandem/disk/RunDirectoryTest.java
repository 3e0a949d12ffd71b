package io.tandem.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.report.Samples;
import io.tandem.space.Goal;
import io.tandem.testing.FailingDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run never overwrites what is not its own, and is there as a whole or not at all. */
class RunDirectoryTest {
  @TempDir Path directory;

  @Test
  void create_absentOrEmptyDirectory_isReadBackEqual() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    for (Path path : new Path[] {directory.resolve("a/b/run"), empty}) {
      create(Disk.system(), path);
      RunDirectory run = RunDirectory.open(path);
      assertThat(run.manifest()).isEqualTo(Samples.manifest());
      assertThat(run.configText()).isEqualTo("name: 'x'");
    }
  }

  @Test
  void create_knownData_isReadAgainAndAbsentInEarlierRuns() throws IOException {
    RunManifest manifest =
        new RunManifest(
            "x",
            1,
            "joint",
            "tandem",
            Samples.BEGAN,
            "0",
            "h",
            Goal.PERPLEXITY,
            Optional.of("a b"),
            Optional.empty());
    Path path = directory.resolve("known");
    RunDirectory.create(Disk.system(), path, manifest, "");
    assertThat(RunDirectory.open(path).manifest()).isEqualTo(manifest);
    Path json = path.resolve("run.json");
    Files.writeString(json, Files.readString(json).replaceAll(",\\s*\"data\"[^,}]*", ""));
    assertThat(RunDirectory.open(path).manifest().data()).isEmpty();
  }

  @Test
  void create_takenPath_isRefusedWithARemedy() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    refused(() -> create(Disk.system(), file), file + ": is a file; name a directory", 2);
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.createFile(other.resolve("thesis.tex"));
    refused(() -> create(Disk.system(), other), other + ": exists and is not a run; name", 2);
    Path run = directory.resolve("run");
    create(Disk.system(), run);
    refused(
        () -> create(Disk.system(), run),
        run + ": holds a run already; name another directory, or resume the run with: ",
        2);
    refused(() -> create(Disk.system(), file.resolve("below")), file.resolve("below") + ": ", 4);
  }

  @Test
  void create_diskFailsAtAnyOperation_leavesNoRun() {
    for (FailingDisk.Failure failure : FailingDisk.Failure.values()) {
      FailingDisk disk;
      int failing = 1;
      do {
        Path path = directory.resolve(failure + "-" + failing);
        disk = new FailingDisk(failure, failing++);
        try {
          create(disk, path);
        } catch (UserError error) {
          assertThat(error).hasMessageNotContaining("\n");
          if (Files.exists(path)) {
            assertThat(RunDirectory.open(path).configText()).isEqualTo("name: 'x'");
          }
        }
      } while (disk.hasFailed());
    }
  }

  @Test
  void open_noRunOrDamagedOne_isRefusedWithARemedy() throws IOException {
    Path absent = directory.resolve("absent");
    refused(() -> RunDirectory.open(absent), absent + ": no such directory; tandem runs", 4);
    refused(() -> RunDirectory.open(directory), directory + ": is not a run", 4);
    Path run = directory.resolve("run");
    create(Disk.system(), run);
    Files.writeString(run.resolve("run.json"), "{\"seed\":1,");
    refused(() -> RunDirectory.open(run), run.resolve("run.json") + ": is damaged", 4);
  }

  @Test
  void requireSameConfig_anotherHash_isRefused() {
    RunDirectory run = create(Disk.system(), directory.resolve("run"));
    run.requireSameConfig("abc");
    refused(() -> run.requireSameConfig("abd"), run.config() + ": the run began with another", 2);
  }

  private static RunDirectory create(Disk disk, Path path) {
    return RunDirectory.create(disk, path, Samples.manifest(), "name: 'x'");
  }

  private static void refused(ThrowingCallable action, String message, int exitCode) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(action)
        .withMessageStartingWith(message)
        .matches(error -> error.kind().exitCode() == exitCode);
  }
}
