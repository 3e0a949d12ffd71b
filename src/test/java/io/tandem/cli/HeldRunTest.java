package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunLock;
import io.tandem.disk.RunManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A run that a process works on is not resumed by another, which says so and nothing else. */
final class HeldRunTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"search, joint", "tune, tune"})
  void resume_heldRun_isRefusedInOneLineAndChangesNothing(String command, String strategy)
      throws IOException {
    RunManifest manifest = new RunManifest("x", 1, strategy, "tandem x", Instant.EPOCH, "0", "0");
    RunDirectory run = RunDirectory.create(Disk.system(), folder.resolve("run"), manifest, "");
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(err, true));
    RunLock held = RunLock.acquire(Disk.system(), run.path());
    try (held) {
      List<Path> before = files();
      assertThat(Main.run(line, command, "--resume", run.path().toString())).isEqualTo(4);
      assertThat(err.toString().lines())
          .singleElement()
          .asString()
          .startsWith("tandem: " + run.path() + ": process ")
          .contains(" is writing to this run; wait for it, stop it, or use another directory");
      assertThat(files()).isEqualTo(before);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }
}
