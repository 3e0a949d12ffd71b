package io.tandem.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tandem.disk.Disk;
import io.tandem.disk.UserError;
import io.tandem.space.Goal;
import io.tandem.testing.FailingDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison goes on with what it began with or not at all. */
class ComparisonDirectoryTest {
  @TempDir private Path folder = Path.of("");

  private static ComparisonManifest manifest() {
    return new ComparisonManifest(
        "digits",
        List.of(
            new Arm("joint", List.of("search.strategy=JOINT")),
            new Arm("mine", List.of("search.batch=8", "response=none"))),
        List.of("aa", "bb"),
        List.of(1L, 2L),
        2000,
        Metric.LOSS,
        Goal.ACCURACY,
        "tandem compare",
        Instant.EPOCH,
        "0.1.0");
  }

  private ComparisonDirectory create() {
    return ComparisonDirectory.create(
        Disk.system(), folder.resolve("new"), manifest(), List.of("one", "two"));
  }

  @Test
  void create_isOpenedEqual() {
    ComparisonDirectory made = create();
    ComparisonDirectory opened = ComparisonDirectory.open(made.path());
    assertThat(opened.manifest()).isEqualTo(manifest());
    assertThat(opened.configText(manifest().arms().get(1))).isEqualTo("two");
    assertThat(opened.open()).hasSize(4);
  }

  @Test
  void create_diskThatFailsAnywhere_leavesNothingOrAll() throws IOException {
    for (int operation = 1; operation < 200; operation++) {
      Path path = folder.resolve("failing" + operation);
      FailingDisk disk = new FailingDisk(FailingDisk.Failure.NO_SPACE, operation);
      try {
        ComparisonDirectory.create(disk, path, manifest(), List.of("one", "two"));
        assertThat(operation).isGreaterThan(5);
        return;
      } catch (UserError failure) {
        assertThat(Files.exists(path) && !Files.exists(path.resolve("compare.json"))).isFalse();
      }
    }
  }

  @Test
  void create_overAnother_isRefusedWithTheCommandToResume() {
    Path path = create().path();
    assertThatThrownBy(this::create)
        .isInstanceOf(UserError.class)
        .hasMessage(
            path
                + ": holds a comparison already; name another directory, or resume it with: tandem"
                + " compare --resume "
                + path);
  }

  @Test
  void open_noneOrDamaged_isRefused() throws IOException {
    assertThatThrownBy(() -> ComparisonDirectory.open(folder.resolve("none")))
        .hasMessageContaining("no such directory");
    assertThatThrownBy(() -> ComparisonDirectory.open(folder))
        .hasMessageContaining("is not a comparison, it has no compare.json");
    Path path = create().path();
    String whole = Files.readString(path.resolve("compare.json"));
    for (String text : List.of("", "{}", whole.replace("loss", "luck"), whole.substring(50))) {
      Files.writeString(path.resolve("compare.json"), text);
      assertThatThrownBy(() -> ComparisonDirectory.open(path))
          .hasMessageContaining("is damaged; restore it");
    }
  }

  @Test
  void require_others_isRefusedInOneLine() {
    List<Arm> other = List.of(manifest().arms().get(0), new Arm("mine", List.of()));
    assertThatThrownBy(() -> manifest().requireArms("dir", other))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "dir: the comparison began with the arms joint (search.strategy=JOINT), mine"
                + " (search.batch=8, response=none), not joint (search.strategy=JOINT), mine ();"
                + " resume it without them, or start a new one");
    assertThatThrownBy(() -> manifest().requireSeeds("dir", List.of(2L, 1L)))
        .hasMessageContaining("with the seeds 1, 2, not 2, 1");
    assertThatThrownBy(() -> manifest().requireOffset("dir", 0))
        .hasMessageContaining("with the offset per seed 2000, not 0");
    manifest().requireArms("dir", manifest().arms());
    manifest().requireSeeds("dir", List.of(1L, 2L));
    manifest().requireOffset("dir", 2000);
  }

  @Test
  void lose_cell_isDoneAndHasARow() throws IOException {
    ComparisonDirectory directory = create();
    Cell cell = manifest().cells().get(0);
    Files.createDirectories(directory.run(cell));
    directory.lose(Disk.system(), cell, "it diverged, \"all\" of it");
    assertThat(directory.isDone(cell)).isTrue();
    ComparisonFiles.writeTable(Disk.system(), directory);
    assertThat(directory.table())
        .hasContent(
            """
            arm,seed,test.accuracy,test.loss,validation.accuracy,validation.loss,budget.examples,budget.seconds,budget.processor_seconds,lost
            joint,1,,,,,,,,"it diverged, ""all"" of it"
            """);
    assertThat(ComparisonFiles.comparison(directory, Metric.LOSS)).isEmpty();
  }

  @Test
  void processorTime_overSessions_isAddedUpAndKeptNowAndThen() {
    Path file = folder.resolve("processor.json");
    long[] now = {7_000_000_000L};
    ProcessorTime first = new ProcessorTime(Disk.system(), file, () -> now[0]);
    now[0] += 4_000_000_000L;
    first.keep();
    assertThat(ProcessorTime.read(file)).isNaN();
    now[0] += 1_000_000_000L;
    first.keep();
    assertThat(ProcessorTime.read(file)).isEqualTo(5);
    now[0] = 100;
    ProcessorTime second = new ProcessorTime(Disk.system(), file, () -> now[0]);
    now[0] += 250_000_000L;
    second.write();
    assertThat(ProcessorTime.read(file)).isEqualTo(5.25);
  }
}
