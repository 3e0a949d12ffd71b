package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.testing.ChildProcess;
import io.tandem.testing.ChildProcess.Ended;
import io.tandem.testing.TinySearch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a machine that TensorFlow has no library for, one line says so, and nothing is left behind
 * that somebody would have to remove. What needs no TensorFlow works there.
 */
final class MissingNativesTest {
  @TempDir private static Path folder = Path.of("");

  /** A finished run, made while the library is there. */
  @BeforeAll
  static void search() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("search", "--out", "done"));
    arguments.addAll(TinySearch.arguments());
    assertThat(run(ChildProcess.classPath(), arguments).code()).isZero();
    Files.writeString(folder.resolve("rows.csv"), "0,".repeat(63) + "0\n");
  }

  private static Ended run(String classPath, List<String> arguments)
      throws IOException, InterruptedException {
    return ended(
        ChildProcess.command(
            classPath, List.of(), Main.class.getName(), arguments.toArray(String[]::new)));
  }

  private static Ended ended(List<String> command) throws IOException, InterruptedException {
    return ChildProcess.run(
        new ProcessBuilder(command).directory(folder.toFile()),
        Files.createTempDirectory("tandem-natives"));
  }

  private static Ended runWithoutLibrary(String... commands)
      throws IOException, InterruptedException {
    String path =
        Stream.of(ChildProcess.classPath().split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*tensorflow-core-native-[0-9.]+-[a-z].*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(path).isNotEqualTo(ChildProcess.classPath());
    return ended(ChildProcess.command(path, List.of(), Commands.class.getName(), commands));
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void commandsThatCompute_libraryAbsent_sayWhatToDoAndLeaveNothing() throws Exception {
    List<String> before = files();
    String[] commands = {
      "search",
      "search --out new",
      "search --resume done",
      "train --architecture done --out new",
      "compare --arms joint,random --seeds 1 --out new",
      "tune --set tune.learning_rate.granularity=GLOBAL --out new",
      "audit",
      "describe",
      "retrain done",
      "export done --to published",
      "predict done --input rows.csv",
    };
    Ended ended = runWithoutLibrary(commands);
    assertThat(ended.out().lines())
        .containsExactly(
            Stream.of(commands).map(each -> "== " + each + ": 4").toArray(String[]::new));
    assertThat(ended.err().lines())
        .hasSize(commands.length)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("tandem: TensorFlow's library for " + System.getProperty("os.name"))
                    .contains(
                        System.getProperty("os.arch"),
                        "with the C library gnu is not among the program's files",
                        "supported: Linux on x86-64 and arm64 with the GNU C library, macOS on arm64",
                        "build the program on this machine"));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void otherCommands_libraryAbsent_work() throws Exception {
    String[] commands = {"help", "check", "runs .", "show done", "--version", "search --help"};
    Ended ended = runWithoutLibrary(commands);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines())
        .contains(Stream.of(commands).map(each -> "== " + each + ": 0").toArray(String[]::new));
  }

  /** A library that is there and does not fit is told with the reason that the system gives. */
  @Test
  void describe_libraryThatCannotBeLoaded_saysWhy() throws Exception {
    Path fake = Files.createDirectories(folder.resolve("fake"));
    String place = "org/tensorflow/internal/c_api/linux-x86_64/";
    Files.createDirectories(fake.resolve(place));
    Files.writeString(fake.resolve(place + "libjnitensorflow.so"), "no library\n");
    Ended ended =
        ended(
            ChildProcess.command(
                fake + File.pathSeparator + ChildProcess.classPath(),
                List.of("-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache")),
                Main.class.getName(),
                "describe"));
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err().lines())
        .last()
        .asString()
        .contains("with the C library gnu cannot be loaded: ", "install what is missing");
  }
}
