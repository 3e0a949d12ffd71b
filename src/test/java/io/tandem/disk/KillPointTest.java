package io.tandem.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.report.Samples;
import io.tandem.report.checkpoint.Checkpoint;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.report.journal.Journal;
import io.tandem.testing.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run killed at any named point and resumed writes what an uninterrupted one writes. */
class KillPointTest {
  private static final int STEPS = 4;
  @TempDir Path directory;

  /** A run in small: a journal line and a checkpoint per step, then a result. */
  static final class SmallRun {
    private SmallRun() {}

    public static void main(String[] arguments) throws IOException {
      run(Path.of(arguments[0]));
    }
  }

  static void run(Path path) throws IOException {
    Disk disk = Disk.system();
    RunDirectory run =
        RunDirectory.isRun(path)
            ? RunDirectory.open(path)
            : RunDirectory.create(disk, path, Samples.manifest(), "config");
    try (RunLock lock = RunLock.acquire(disk, path);
        Journal journal = Journal.open(disk, lock.directory().resolve("journal.jsonl"))) {
      List<String> warnings = new ArrayList<>();
      CheckpointStore store = new CheckpointStore(disk, run.checkpoints(), 2, warnings::add);
      Optional<Checkpoint> latest = store.latest();
      journal.truncate(latest.map(found -> found.state().path("journal").asLong()).orElse(0L));
      for (int step = latest.map(found -> (int) found.step()).orElse(0) + 1;
          step <= STEPS;
          step++) {
        journal.append(Samples.step(step));
        journal.sync();
        Path aside = store.begin(step);
        Files.writeString(aside.resolve("weights.data"), "weights " + step);
        Files.writeString(aside.resolve("weights.index"), "index " + step);
        store.commit(aside, Json.object().put("journal", journal.offset()));
      }
    }
    Samples.results().write(disk, run.result());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.json.before-rename",
        "run.created",
        "holder.json.after-rename:1",
        "journal.before:3",
        "journal.amid:3",
        "journal.after:3",
        "journal.synced:3",
        "checkpoint.begun:3",
        "checkpoint.before-index:3",
        "checkpoint.before-manifest:3",
        "checkpoint.amid-manifest:3",
        "checkpoint.after-manifest:3",
        "checkpoint.after-rename:3",
        "checkpoint.pruned:3",
        "result.json.before-rename",
        "result.json.after-rename"
      })
  void reached_killedThereAndAgainInTheResume_endsLikeAnUninterruptedRun(String point)
      throws Exception {
    Path killed = directory.resolve("killed");
    for (String killAt : List.of(point, point.replaceAll(":3", ":1"))) {
      Process process = ChildProcess.start(SmallRun.class.getName(), killAt, killed.toString());
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!point.startsWith("run.")) {
        assertThat(process.waitFor()).as(output).isEqualTo(KillPoint.STATUS);
      }
    }
    run(killed);
    Path whole = killed;
    killed = Files.move(killed, directory.resolve("aside"));
    run(whole);
    for (String name :
        List.of("run.json", "journal.jsonl", "result.json", "checkpoints/step-4/manifest.json")) {
      assertThat(killed.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
    assertThat(names(killed)).isEqualTo(names(whole));
  }

  /** All paths but those of older checkpoints, of which a kill before pruning leaves one more. */
  private static List<String> names(Path root) throws IOException {
    List<String> names = new ArrayList<>();
    try (var walk = Files.walk(root)) {
      walk.map(path -> root.relativize(path).toString())
          .filter(name -> !name.matches("checkpoints/step-[123].*"))
          .sorted()
          .forEach(names::add);
    }
    return names;
  }
}
