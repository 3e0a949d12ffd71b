package io.tandem.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.disk.Disk;
import io.tandem.disk.PlaceLock;
import io.tandem.disk.UserError;
import io.tandem.testing.FailingDisk;
import io.tandem.testing.FailingDisk.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version is exported whole or not at all, whichever operation of the disk fails. */
class ExportFailureTest {
  private static final ExportSettings SETTINGS = new ExportSettings(List.of(1));

  @TempDir private Path folder = Path.of("");

  private static void export(Disk disk, Path base) {
    new SavedModelExporter(SETTINGS, disk)
        .export(ExportFixtures.servable(List.of()), base, 1, ExportFixtures.card());
  }

  /** Every operation fails once; those after the version is in its place may leave it there. */
  private void assertWholeOrNothing(Failure failure, Consumer<Attempt> work) throws IOException {
    FailingDisk counting = new FailingDisk(failure, Integer.MAX_VALUE);
    work.accept(new Attempt(counting, folder.resolve("counted-" + failure)));
    int last = counting.operations();
    assertThat(last).isGreaterThan(5);
    for (int at = 1; at <= last; at++) {
      Path base = folder.resolve(failure + "-" + at);
      FailingDisk disk = new FailingDisk(failure, at);
      assertThatThrownBy(() -> work.accept(new Attempt(disk, base)))
          .as("operation " + at)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(base.toString())
          .hasMessageNotContaining("\n")
          .hasMessageNotContaining("Exception");
      if (at < last) {
        assertThat(base.resolve("1")).as("operation " + at).doesNotExist();
      }
      if (failure == Failure.IO_ERROR && Files.exists(base)) {
        try (Stream<Path> left = Files.list(base)) {
          assertThat(left.filter(path -> path.toString().endsWith(".partial")))
              .as("operation " + at)
              .isEmpty();
        }
      }
    }
  }

  /** One try on a disk of its own. */
  private record Attempt(Disk disk, Path base) {}

  @Test
  void export_diskFails_leavesNoHalfVersion() throws IOException {
    for (Failure failure : List.of(Failure.NO_SPACE, Failure.IO_ERROR)) {
      assertWholeOrNothing(failure, attempt -> export(attempt.disk(), attempt.base()));
    }
  }

  /** Each would delete what the other has built so far under the same number. */
  @Test
  void copy_anotherProcessExportsIntoTheDirectory_isRefused() throws IOException {
    export(Disk.system(), folder.resolve("original"));
    Path base = Files.createDirectories(folder.resolve("shared"));
    Path partial = Files.createDirectories(base.resolve(".1.partial"));
    PlaceLock held = VersionDirectory.lock(Disk.system(), base);
    try (held) {
      assertThatThrownBy(() -> VersionCopy.next(Disk.system(), folder.resolve("original/1"), base))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(base + ": another process is writing there");
      assertThat(partial).isDirectory();
    }
    assertThat(VersionCopy.next(Disk.system(), folder.resolve("original/1"), base))
        .isEqualTo(base.resolve("1"));
    assertThat(partial).doesNotExist();
  }

  @Test
  void copy_diskFails_leavesNoHalfVersion() throws IOException {
    export(Disk.system(), folder.resolve("original"));
    Path version = folder.resolve("original/1");
    for (Failure failure : List.of(Failure.NO_PERMISSION, Failure.IO_ERROR)) {
      assertWholeOrNothing(
          failure, attempt -> VersionCopy.next(attempt.disk(), version, attempt.base()));
    }
  }
}
