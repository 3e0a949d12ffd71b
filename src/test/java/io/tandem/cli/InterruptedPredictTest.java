package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.disk.Disk;
import io.tandem.export.ExportFixtures;
import io.tandem.export.ExportSettings;
import io.tandem.export.SavedModelExporter;
import io.tandem.testing.ChildProcess;
import io.tandem.testing.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that writes no checkpoint ends at the first signal, and leaves nothing half made. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptedPredictTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void predict_signal_exitsWith130AndLeavesNoFile(String signal) throws Exception {
    Path model = folder.resolve("model");
    new SavedModelExporter(new ExportSettings(List.of(1)), Disk.system())
        .export(
            ExportFixtures.servable(List.of(), Optional.empty()), model, 1, ExportFixtures.card());
    Path answers = Files.createDirectory(folder.resolve("answers"));
    Process process =
        new ProcessBuilder(
                Signals.heard(
                    ChildProcess.command(
                        ChildProcess.classPath(),
                        List.of(),
                        Main.class.getName(),
                        "predict",
                        model.toString(),
                        "--input",
                        "-",
                        "-o",
                        answers.resolve("a.csv").toString())))
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      while (process.isAlive() && names(answers).size() < 2) {
        Thread.sleep(20);
      }
      assertThat(names(answers)).containsExactly(".a.csv.lock", ".a.csv.partial");
      Signals.send(process, signal);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Interruption.EXIT_CODE);
      assertThat(names(answers)).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> names(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
