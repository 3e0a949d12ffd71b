package io.tandem.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.testing.ChildProcess;
import io.tandem.testing.FailingDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two writers would ruin a run; a dead one must not lock it for ever. */
class RunLockTest {
  @TempDir Path directory;

  /** Takes the lock and keeps it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
      Path run = Path.of(arguments[0]);
      try (RunLock lock = RunLock.acquire(Disk.system(), run)) {
        assertThat(lock).isNotNull();
        Files.createFile(run.resolve("ready"));
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void acquire_heldByAnotherProcess_namesItAndKilledHolderDoesNotBlock() throws Exception {
    Process holder = ChildProcess.start(Holder.class.getName(), "", directory.toString());
    try {
      while (!Files.exists(directory.resolve("ready")) && holder.isAlive()) {
        Thread.sleep(20);
      }
      assertThat(RunLock.isHeld(directory)).isTrue();
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> RunLock.acquire(Disk.system(), directory).close())
          .withMessageContaining("process " + holder.pid() + " on host ");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertThat(RunLock.isHeld(directory)).isFalse();
    assertThat(RunLock.wasAbandoned(directory)).isTrue();
    try (RunLock lock = RunLock.acquire(Disk.system(), directory)) {
      assertThat(lock).isNotNull();
    }
    assertThat(RunLock.wasAbandoned(directory)).isFalse();
  }

  @Test
  void isHeld_byThisProcess_looksWithoutDroppingTheLock() {
    try (RunLock lock = RunLock.acquire(Disk.system(), directory)) {
      assertThat(lock).isNotNull();
      assertThat(RunLock.isHeld(directory)).isTrue();
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> RunLock.acquire(Disk.system(), directory).close());
    }
    assertThat(RunLock.isHeld(directory)).isFalse();
  }

  @Test
  void acquire_diskFailsAtAnyOperation_releasesTheLock() {
    for (int failing = 1; failing <= 4; failing++) {
      FailingDisk disk = new FailingDisk(FailingDisk.Failure.IO_ERROR, failing);
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> RunLock.acquire(disk, directory).close());
      assertThat(RunLock.isHeld(directory)).isFalse();
    }
    try (RunLock lock = RunLock.acquire(Disk.system(), directory)) {
      assertThat(lock).isNotNull();
    }
  }
}
