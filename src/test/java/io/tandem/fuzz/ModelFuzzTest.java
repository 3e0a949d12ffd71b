package io.tandem.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever an exported model holds, {@code predict} applies or refuses it. The models are applied
 * in another process; one that ends or stops this process is named, and the next ones are tried in
 * a new one.
 */
final class ModelFuzzTest {
  private static final int MOST_ENDED = 10;
  private static final int SECONDS = 60;

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void makeModels() throws IOException {
    ModelSeeds.write(folder);
  }

  @Test
  void predict_mutatedModels_answersInOneLine() throws Exception {
    run(Fuzz.NORMAL);
  }

  @Test
  @Tag("slow")
  void predict_manyMutatedModels_answersInOneLine() throws Exception {
    run(Fuzz.SLOW);
  }

  private static void run(int count) throws Exception {
    long seed = Fuzz.firstSeed();
    long end = seed + Fuzz.count(count);
    List<String> wrong = new ArrayList<>();
    while (seed < end && wrong.size() < MOST_ENDED) {
      Path progress = folder.resolve("progress");
      Path log = folder.resolve("log");
      Files.writeString(progress, Long.toString(seed));
      int code = run(seed, end - seed, progress, log);
      long last = Long.parseLong(Files.readString(progress));
      if (code != 0) {
        wrong.add(
            code == 1
                ? Files.readString(log)
                : "code " + code + "\n  again: tools/fuzz/run.sh models 1 " + last);
      }
      seed = code == 0 || code == 1 ? end : last + 1;
    }
    assertThat(wrong).as("processes that ended otherwise than in order").isEmpty();
  }

  private static int run(long seed, long count, Path progress, Path log)
      throws IOException, InterruptedException {
    List<String> options =
        List.of(
            "-Dtandem.fuzz.seed=" + seed,
            "-Dtandem.fuzz.progress=" + progress,
            "-Dtandem.fuzz.show=" + Boolean.getBoolean("tandem.fuzz.show"),
            "-Xmx1g",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.resolve("crash.log"));
    Process process =
        new ProcessBuilder(
                ChildProcess.command(
                    ChildProcess.classPath(),
                    options,
                    ModelFuzz.class.getName(),
                    folder.toString(),
                    Long.toString(count)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    String before = "";
    while (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      String now = Files.readString(progress);
      if (now.equals(before)) {
        process.destroyForcibly().waitFor();
      }
      before = now;
    }
    return process.exitValue();
  }
}
