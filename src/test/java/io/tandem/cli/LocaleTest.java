package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tandem.disk.Disk;
import io.tandem.disk.RunDirectory;
import io.tandem.disk.RunManifest;
import io.tandem.testing.ChildProcess;
import io.tandem.testing.ChildProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Containers and scheduled jobs have no locale, people have their own: the bytes are those of
 * everybody else, or one line says what to set.
 */
final class LocaleTest {
  @TempDir private static Path folder = Path.of("");
  private static String expected = "";

  private static final String[] COMMANDS = {
    "runs -f csv runs", "runs runs", "show -f json runs/first", "show runs/first", "check",
    "check --print", "help", "help search", "check --set seed=x", "show runs/absent",
  };

  @BeforeAll
  static void makeRuns() throws Exception {
    RunDirectory.create(
        Disk.system(),
        folder.resolve("runs/first"),
        new RunManifest("Größe I", 1234567, "joint", "tandem I", Instant.EPOCH, "0.1.0", "abc"),
        "");
    Ended ended = run(List.of());
    expected = timeless(ended);
    assertThat(expected).contains("Größe I", "1234567", "1078 training", "check --print: 0");
  }

  /** What was printed, without how long ago the run began. */
  private static String timeless(Ended ended) {
    return (ended.out() + ended.err()).replaceAll("\\d{10}|\\d+d \\d+h", "AGE");
  }

  private static Ended run(List<String> options) throws IOException, InterruptedException {
    return ended(builder(options, COMMANDS));
  }

  private static ProcessBuilder builder(List<String> options, String... commands) {
    return new ProcessBuilder(
            ChildProcess.command(
                ChildProcess.classPath(), options, Commands.class.getName(), commands))
        .directory(folder.toFile());
  }

  private static Ended ended(ProcessBuilder builder) throws IOException, InterruptedException {
    return ChildProcess.run(builder, Files.createTempDirectory("tandem-locale"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=tr -Duser.country=TR",
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=de -Duser.country=DE",
        "-Duser.language=hi -Duser.country=IN -Duser.script=Deva",
        "-Dfile.encoding=US-ASCII -Dstdout.encoding=US-ASCII -Dstderr.encoding=US-ASCII"
            + " -Dsun.stdout.encoding=US-ASCII -Dsun.stderr.encoding=US-ASCII",
      })
  void commands_anyLocale_printTheSameBytes(String options) throws Exception {
    Ended ended = run(List.of(options.split(" ")));
    assertThat(timeless(ended)).isEqualTo(expected);
  }

  /** Java takes the encoding of file names from the environment, and no option changes it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void commands_posixLocale_printUtf8OrSayWhatToSet() throws Exception {
    assumeTrue(
        "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
        "skipped: this locale cannot name the files; run with LC_ALL=C.UTF-8");
    for (String name : List.of("naïve Katze", "犬")) {
      Path images = Files.createDirectories(folder.resolve("classes").resolve(name));
      for (int image = 0; image < 4; image++) {
        Files.writeString(images.resolve("é" + image + ".png"), "");
      }
    }
    String[] impossible = {
      "check --set data.images.path=classes --set space=macro",
      "check --set data.csv.file=Größe.csv",
      "check Größe.pbtxt",
      "search --out Größe",
      "show Größe",
      "train --architecture Größe",
    };
    ProcessBuilder builder = builder(List.of(), impossible);
    builder.command().add("runs -f csv runs");
    builder.environment().put("LC_ALL", "C");
    Ended ended = ended(builder);
    assertThat(ended.err().lines())
        .hasSize(impossible.length)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "this locale has no UTF-8 and cannot name the file; set LC_ALL=C.UTF-8"));
    assertThat(ended.out().lines().filter(line -> line.matches("== .*: 3")))
        .hasSize(impossible.length);
    assertThat(ended.out()).contains("Größe I", "== runs -f csv runs: 0");
  }
}
