package io.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.UserError;
import io.tandem.report.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a run works in whatever state it is, and changes not a byte of it. */
class RunReaderTest {
  @TempDir Path directory;
  private final RunReader reader =
      new RunReader(InstantSource.fixed(Samples.BEGAN.plus(Duration.ofHours(3))));

  @BeforeEach
  void createRun() {
    RunDirectory.create(Disk.system(), run(), Samples.manifest(), "");
  }

  @Test
  void read_newRun_isInterruptedAtTheStart() {
    RunSummary summary = reader.read(run()).summary();
    assertThat(summary.status()).isEqualTo(RunSummary.Status.INTERRUPTED);
    assertThat(summary.phase()).isEqualTo("start");
    assertThat(summary.best()).isNaN();
    assertThat(summary.age()).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void read_clockSetBackSinceTheStart_isNoNegativeAge() {
    InstantSource before = InstantSource.fixed(Samples.BEGAN.minus(Duration.ofDays(400)));
    assertThat(new RunReader(before).read(run()).summary().age()).isZero();
  }

  @Test
  void read_liveRun_isRunningWithItsBestValueSoFar() {
    try (RunLock lock = RunLock.acquire(Disk.system(), run());
        Journal journal = Journal.open(Disk.system(), RunDirectory.open(run()).journal())) {
      journal.append(Samples.step(1));
      journal.append(Samples.tried(0, 0.875));
      journal.append(Samples.tried(1, Double.NaN));
      journal.append(Samples.tried(2, 0.75));
      RunReader.Details details = reader.read(run());
      assertThat(details.summary().status()).isEqualTo(RunSummary.Status.RUNNING);
      assertThat(details.summary().phase()).isEqualTo("derive");
      assertThat(details.summary().best()).isEqualTo(0.875);
      assertThat(details.summary().examples()).isEqualTo(1000);
      assertThat(details.summary().seconds()).isEqualTo(12.5);
      assertThat(details.candidates()).hasSize(3);
      assertThat(details.steps()).containsExactly(Samples.step(1));
      assertThat(RunLock.isHeld(lock.directory())).isTrue();
    }
  }

  @Test
  void read_crashedRunWithATornTail_showsTheIntactLinesAndChangesNothing() throws IOException {
    try (Journal journal = Journal.open(Disk.system(), RunDirectory.open(run()).journal())) {
      journal.append(Samples.step(1));
    }
    Files.writeString(run().resolve("journal.jsonl"), "{\"kind", StandardOpenOption.APPEND);
    Files.writeString(run().resolve("holder.json"), "{}");
    Files.createFile(run().resolve("lock"));
    Map<String, String> before = snapshot();
    RunReader.Details details = reader.read(run());
    reader.list(directory);
    assertThat(details.summary().status()).isEqualTo(RunSummary.Status.CRASHED);
    assertThat(details.steps()).hasSize(1);
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void read_finishedRun_showsTheResult() {
    Samples.results().write(Disk.system(), run().resolve("result.json"));
    RunReader.Details details = reader.read(run());
    assertThat(details.summary().status()).isEqualTo(RunSummary.Status.FINISHED);
    assertThat(details.summary().phase()).isEqualTo("done");
    assertThat(details.summary().test()).isEqualTo(0.97);
    assertThat(details.result()).contains(Samples.results());
  }

  @Test
  void list_damagedRunAmongGoodOnes_listsTheGoodAndTellsOfTheOther() throws IOException {
    Path damaged = Files.createDirectory(directory.resolve("damaged"));
    Files.writeString(damaged.resolve("run.json"), "");
    Files.createDirectory(directory.resolve("no run"));
    RunReader.Listing listing = reader.list(directory);
    assertThat(listing.runs()).extracting(RunSummary::path).containsExactly(run());
    assertThat(listing.problems())
        .singleElement()
        .asString()
        .startsWith(damaged.resolve("run.json").toString());
  }

  @Test
  void list_noDirectory_isAnErrorThatNamesIt() {
    Path absent = directory.resolve("absent");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> reader.list(absent))
        .withMessageStartingWith(absent + ": no such directory");
  }

  @Test
  void read_anyDamageToAnyFile_endsInAViewOrAUserError() throws IOException {
    try (Journal journal = Journal.open(Disk.system(), RunDirectory.open(run()).journal())) {
      journal.append(Samples.step(1));
      journal.append(Samples.tried(0, 0.5));
    }
    Samples.results().write(Disk.system(), run().resolve("result.json"));
    SplittableRandom random = new SplittableRandom(3);
    int views = 0;
    for (String name : List.of("run.json", "journal.jsonl", "result.json")) {
      byte[] whole = Files.readAllBytes(run().resolve(name));
      for (int trial = 0; trial < 200; trial++) {
        byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
        for (int flips = random.nextInt(4); flips > 0; flips--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        Files.write(run().resolve(name), damaged);
        try {
          assertThat(reader.read(run()).toJson()).isNotEmpty();
          views++;
        } catch (UserError error) {
          assertThat(error).hasMessageStartingWith(run().toString());
        }
      }
      Files.write(run().resolve(name), whole);
    }
    assertThat(views).isGreaterThanOrEqualTo(200);
  }

  private Path run() {
    return directory.resolve("run");
  }

  private Map<String, String> snapshot() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var walk = Files.walk(directory)) {
      for (Path path : walk.toList()) {
        String content = Files.isRegularFile(path) ? Files.readString(path) : "";
        files.put(path.toString(), Files.getLastModifiedTime(path) + content);
      }
    }
    return files;
  }
}
