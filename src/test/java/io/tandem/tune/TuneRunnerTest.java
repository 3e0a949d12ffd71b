package io.tandem.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Disk;
import io.tandem.disk.Progress;
import io.tandem.disk.UserError;
import io.tandem.report.checkpoint.Checkpoint;
import io.tandem.report.checkpoint.CheckpointStore;
import io.tandem.report.journal.Journal;
import io.tandem.report.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tuning that was stopped and goes on must not be told from one that was not, by any bit. */
class TuneRunnerTest {
  @TempDir Path folder;

  private static final OuterSettings OUTER =
      new OuterSettings(
          12,
          OuterSettings.Method.ADAM,
          0.3,
          0.9,
          0.999,
          1e-8,
          1e-3,
          OuterSettings.Decrease.QUADRATIC);

  private Optional<TuneState> run(String name, BooleanSupplier interrupted) {
    TuneSettings settings =
        new TuneSettings(
            TuneFixtures.training(),
            false,
            false,
            false,
            OUTER,
            new GuardSettings(10, -0.5, 0.5, 1.1),
            0);
    try (Journal journal = Journal.open(Disk.system(), folder.resolve(name + ".jsonl"))) {
      CheckpointStore store =
          new CheckpointStore(Disk.system(), folder.resolve(name), 2, warning -> {});
      return new TuneRunner(
              Valley.calm(),
              DescentSettings.of(settings),
              3,
              TuneRunner.Origin.none(),
              new TuneRunner.Outputs(
                  journal, store, Progress.NONE, () -> 0, interrupted, () -> false))
          .run(began -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 12})
  void run_interruptedAfterAnyStep_endsWithTheSameBits(int steps) {
    TuneState whole = run("whole", () -> false).orElseThrow();
    AtomicInteger left = new AtomicInteger(steps);
    assertThat(run("parts", () -> left.getAndDecrement() == 0)).isEmpty();
    AtomicInteger again = new AtomicInteger(2);
    run("parts", () -> again.getAndDecrement() == 0);
    TuneState resumed = run("parts", () -> false).orElseThrow();
    assertThat(resumed).usingRecursiveComparison().isEqualTo(whole);
    assertThat(JournalReader.read(folder.resolve("parts.jsonl")).comparable())
        .isEqualTo(JournalReader.read(folder.resolve("whole.jsonl")).comparable())
        .hasSizeGreaterThanOrEqualTo(13);
  }

  /** What an earlier program wrote has no format, what a later one writes has another. */
  @ParameterizedTest
  @CsvSource({
    ", an earlier version of the program in format 0",
    "2, a later version of the program in format 2"
  })
  void run_checkpointOfAnotherFormat_isRefusedInOneLineAndLeftAlone(
      @Nullable Integer format, String words) throws IOException {
    AtomicInteger left = new AtomicInteger(5);
    assertThat(run("run", () -> left.getAndDecrement() == 0)).isEmpty();
    CheckpointStore store =
        new CheckpointStore(Disk.system(), folder.resolve("run"), 2, warning -> {});
    Checkpoint checkpoint = store.latest().orElseThrow();
    ObjectNode state = checkpoint.state().deepCopy();
    state.remove("format");
    if (format != null) {
      state.put("format", format);
    }
    Path aside = store.begin(checkpoint.step());
    Files.copy(checkpoint.file("point"), aside.resolve("point"));
    Checkpoint other = store.commit(aside, state);
    byte[] journal = Files.readAllBytes(folder.resolve("run.jsonl"));
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> run("run", () -> false))
        .withMessageStartingWith(other.directory() + ": written by " + words)
        .withMessageContaining("expected format 1; go on with that version")
        .withMessageNotContaining("\n")
        .matches(error -> error.kind().exitCode() == 4);
    assertThat(folder.resolve("run.jsonl")).hasBinaryContent(journal);
    assertThat(store.latest().orElseThrow().state()).isEqualTo(other.state());
  }

  @Test
  void run_finished_doesNothingMore() {
    TuneState first = run("run", () -> false).orElseThrow();
    TuneState second = run("run", () -> false).orElseThrow();
    assertThat(second).usingRecursiveComparison().isEqualTo(first);
  }
}
