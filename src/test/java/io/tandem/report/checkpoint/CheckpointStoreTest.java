package io.tandem.report.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tandem.disk.Disk;
import io.tandem.disk.Json;
import io.tandem.disk.UserError;
import io.tandem.testing.FailingDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on from its last checkpoint, so that must be complete or absent, never half. */
class CheckpointStoreTest {
  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void latest_nothingCommitted_isEmpty() throws IOException {
    write(Disk.system(), 1, false);
    assertThat(store(Disk.system()).latest()).isEmpty();
  }

  @Test
  void latest_afterCommits_isTheNewestWithItsFilesAndState() throws IOException {
    write(Disk.system(), 9, true);
    write(Disk.system(), 10, true);
    Checkpoint checkpoint = store(Disk.system()).latest().orElseThrow();
    assertThat(checkpoint.step()).isEqualTo(10);
    assertThat(checkpoint.state().path("journal").asLong()).isEqualTo(1000);
    assertThat(checkpoint.file("weights.index")).hasContent("index 10");
    assertThat(warnings).isEmpty();
  }

  @Test
  void commit_moreThanKept_prunesTheOldest() throws IOException {
    for (int step = 1; step <= 4; step++) {
      write(Disk.system(), step, true);
    }
    assertThat(names()).containsExactlyInAnyOrder("step-3", "step-4");
  }

  @Test
  void commit_sameStepAgain_replacesIt() throws IOException {
    write(Disk.system(), 1, true);
    write(Disk.system(), 1, true);
    assertThat(names()).containsExactly("step-1");
    assertThat(store(Disk.system()).latest()).isPresent();
  }

  @Test
  void latest_anyFileOfTheNewestDamaged_fallsBackAndReportsIt() throws IOException {
    for (String name : List.of("weights.index", "sub/weights.data", "manifest.json")) {
      for (boolean truncated : List.of(true, false)) {
        Disk.system().delete(root());
        warnings.clear();
        write(Disk.system(), 1, true);
        write(Disk.system(), 2, true);
        Path file = root().resolve("step-2").resolve(name);
        damage(file, truncated);
        CheckpointStore store = store(Disk.system());
        assertThat(store.latest().orElseThrow().step()).isEqualTo(1);
        assertThat(store.latest().orElseThrow().step()).isEqualTo(1);
        assertThat(warnings).singleElement().asString().startsWith(file + ": ");
      }
    }
  }

  @Test
  void commit_afterFallback_deletesTheDamagedOne() throws IOException {
    write(Disk.system(), 1, true);
    write(Disk.system(), 5, true);
    damage(root().resolve("step-5/weights.index"), true);
    CheckpointStore store = store(Disk.system());
    assertThat(store.latest().orElseThrow().step()).isEqualTo(1);
    fill(store.begin(2));
    store.commit(root().resolve(".step-2.partial"), Json.object());
    assertThat(names()).containsExactlyInAnyOrder("step-1", "step-2");
  }

  @Test
  void latest_allDamaged_isAnErrorThatNamesTheFile() throws IOException {
    write(Disk.system(), 1, true);
    Path file = root().resolve("step-1/weights.index");
    Files.delete(file);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> store(Disk.system()).latest())
        .withMessageStartingWith(file + ": ")
        .matches(error -> error.kind() == UserError.Kind.RUN);
  }

  @Test
  void latestIfAny_allDamaged_isEmptyAndTellsOfEach() throws IOException {
    write(Disk.system(), 1, true);
    write(Disk.system(), 2, true);
    damage(root().resolve("step-1/weights.index"), true);
    damage(root().resolve("step-2/manifest.json"), false);
    assertThat(store(Disk.system()).latestIfAny(found -> true, "is too new")).isEmpty();
    assertThat(warnings).hasSize(2);
  }

  @Test
  void latest_aheadOfTheJournal_fallsBack() throws IOException {
    write(Disk.system(), 1, true);
    write(Disk.system(), 2, true);
    Optional<Checkpoint> found =
        store(Disk.system())
            .latest(candidate -> candidate.state().path("journal").asLong() <= 100, "is too new");
    assertThat(found.orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void latest_killedWhileReplacing_putsTheFormerBack() throws IOException {
    write(Disk.system(), 1, true);
    Files.move(root().resolve("step-1"), root().resolve(".step-1.old"));
    assertThat(store(Disk.system()).latest().orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void commit_diskFailsAtAnyOperation_leavesTheNewCheckpointCompleteOrTheFormerOne()
      throws IOException {
    for (FailingDisk.Failure failure : FailingDisk.Failure.values()) {
      FailingDisk disk;
      int failing = 1;
      do {
        Disk.system().delete(root());
        write(Disk.system(), 0, true);
        write(Disk.system(), 1, true);
        disk = new FailingDisk(failure, failing++);
        boolean done = false;
        try {
          write(disk, 2, true);
          done = true;
        } catch (UserError error) {
          assertThat(error).hasMessageStartingWith(root().toString()).hasMessageNotContaining("\n");
        }
        long step = store(Disk.system()).latest().orElseThrow().step();
        assertThat(step).isBetween(done ? 2L : 1L, 2L);
        // Whoever opens it deletes what the failing disk kept.
        assertThat(names().stream().filter(name -> !name.startsWith("."))).hasSize(2);
        assertThat(warnings).isEmpty();
        write(Disk.system(), 3, true);
        assertThat(store(Disk.system()).latest().orElseThrow().step()).isEqualTo(3);
      } while (disk.hasFailed());
    }
  }

  @Test
  void constructor_keepsOne_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CheckpointStore(Disk.system(), root(), 1, warnings::add));
  }

  private Path root() {
    return directory.resolve("checkpoints");
  }

  private CheckpointStore store(Disk disk) {
    return new CheckpointStore(disk, root(), 2, warnings::add);
  }

  private void write(Disk disk, int step, boolean commit) throws IOException {
    CheckpointStore store = store(disk);
    Path aside = store.begin(step);
    fill(aside);
    Files.writeString(aside.resolve("weights.index"), "index " + step);
    if (commit) {
      store.commit(aside, Json.object().put("journal", 100 * step));
    }
  }

  private static void fill(Path aside) throws IOException {
    Files.writeString(aside.resolve("weights.index"), "index");
    Files.createDirectory(aside.resolve("sub"));
    Files.write(aside.resolve("sub/weights.data"), new byte[1000]);
  }

  private static void damage(Path file, boolean truncated) throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (truncated) {
      Files.write(file, java.util.Arrays.copyOf(content, content.length - 1));
    } else {
      content[content.length / 2] ^= 4;
      Files.write(file, content);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root())) {
      return entries.map(path -> path.getFileName().toString()).toList();
    }
  }
}
