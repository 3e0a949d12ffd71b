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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    return ChildProcess.run(
        new ProcessBuilder(
                ChildProcess.command(
                    classPath, List.of(), Main.class.getName(), arguments.toArray(String[]::new)))
            .directory(folder.toFile()),
        Files.createTempDirectory("tandem-natives"));
  }

  private static Ended runWithoutLibrary(String arguments)
      throws IOException, InterruptedException {
    String path =
        Stream.of(ChildProcess.classPath().split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*tensorflow-core-native-[0-9.]+-[a-z].*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(path).isNotEqualTo(ChildProcess.classPath());
    return run(path, List.of(arguments.split(" ")));
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search",
        "search --out new",
        "search --resume done",
        "train --architecture done --out new",
        "tune --set tune.learning_rate.granularity=GLOBAL --out new",
        "audit",
        "describe",
        "retrain done",
        "export done --to published",
        "predict done --input rows.csv",
      })
  void commandsThatCompute_libraryAbsent_sayWhatToDoAndLeaveNothing(String arguments)
      throws Exception {
    List<String> before = files();
    Ended ended = runWithoutLibrary(arguments);
    assertThat(ended.err())
        .hasLineCount(1)
        .startsWith("tandem: TensorFlow's library for " + System.getProperty("os.name"))
        .contains(
            System.getProperty("os.arch"),
            "with the C library gnu is not among the program's files",
            "supported: Linux on x86-64 and arm64 with the GNU C library, macOS on arm64",
            "build the program on this machine");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(4);
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "check", "runs .", "show done", "--version", "search --help"})
  void otherCommands_libraryAbsent_work(String arguments) throws Exception {
    Ended ended = runWithoutLibrary(arguments);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).isNotEmpty();
    assertThat(ended.code()).isZero();
  }

  /** A library that is there and does not fit is told with the reason that the system gives. */
  @Test
  void describe_libraryThatCannotBeLoaded_saysWhy() throws Exception {
    Path fake = Files.createDirectories(folder.resolve("fake"));
    String place = "org/tensorflow/internal/c_api/linux-x86_64/";
    Files.createDirectories(fake.resolve(place));
    Files.writeString(fake.resolve(place + "libjnitensorflow.so"), "no library\n");
    Ended ended =
        ChildProcess.run(
            new ProcessBuilder(
                    ChildProcess.command(
                        fake + File.pathSeparator + ChildProcess.classPath(),
                        List.of("-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache")),
                        Main.class.getName(),
                        "describe"))
                .directory(folder.toFile()),
            Files.createTempDirectory("tandem-natives"));
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err().lines())
        .last()
        .asString()
        .contains("with the C library gnu cannot be loaded: ", "install what is missing");
  }
}
