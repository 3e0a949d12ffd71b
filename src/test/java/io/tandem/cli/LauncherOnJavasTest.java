package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.testing.ChildProcess;
import io.tandem.testing.ChildProcess.Ended;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The standard output belongs to the answer on every Java from 17 on. Tried on those that are
 * installed, in a distribution made of the classes under test.
 */
final class LauncherOnJavasTest {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  @TempDir private static Path folder = Path.of("");

  static Stream<Path> javas() throws IOException {
    TreeSet<Path> homes = new TreeSet<>();
    homes.add(Path.of(System.getProperty("java.home")).toRealPath());
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> entries = Files.list(INSTALLED)) {
        for (Path home : entries.filter(LauncherOnJavasTest::isNewEnough).toList()) {
          homes.add(home.toRealPath());
        }
      }
    }
    return homes.stream();
  }

  private static boolean isNewEnough(Path home) {
    try {
      return Files.readAllLines(home.resolve("release")).stream()
          .anyMatch(line -> line.matches("JAVA_VERSION=\"(1[7-9]|[2-9]\\d).*"));
    } catch (IOException noJava) {
      return false;
    }
  }

  /** Its one file in {@code lib} points to the classes under test and to their libraries. */
  @BeforeAll
  static void makeDistribution() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.copy(Path.of("tandem"), bin.resolve("tandem"), StandardCopyOption.COPY_ATTRIBUTES);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.of(ChildProcess.classPath().split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
                .collect(Collectors.joining(" ")));
    Path lib = Files.createDirectories(folder.resolve("lib"));
    try (OutputStream out = Files.newOutputStream(lib.resolve("tandem.jar"))) {
      new JarOutputStream(out, manifest).close();
    }
  }

  private static Ended run(Path java, String options, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(folder.resolve("bin/tandem").toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().put("TANDEM_JAVA_OPTS", options);
    builder.environment().keySet().removeAll(List.of("LC_ALL", "LANG", "TF_CPP_MIN_LOG_LEVEL"));
    return ChildProcess.run(builder, Files.createTempDirectory("tandem-javas"));
  }

  @ParameterizedTest
  @MethodSource("javas")
  void runs_anyJava_printsJsonAndNothingElse(Path java) throws Exception {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    Ended ended = run(java, "", "runs", "-f", "json", runs.toString());
    assertThat(ended.err()).isEmpty();
    assertThat(new ObjectMapper().readTree(ended.out()).isArray()).isTrue();
  }

  /** An archive of classes that another Java made, or none at all, is not worth a word. */
  @ParameterizedTest
  @MethodSource("javas")
  void check_archiveOfClassesThatDoesNotFit_isQuiet(Path java) throws Exception {
    Path archive = Files.writeString(folder.resolve("other.jsa"), "not an archive\n".repeat(999));
    Ended ended = run(java, "-XX:SharedArchiveFile=" + archive, "check");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("digits is valid").doesNotContain("[cds]", "arning");
  }

  /** Loads TensorFlow and Protobuf, of which newer Javas warn. */
  @ParameterizedTest
  @MethodSource("javas")
  void describe_anyJava_isQuiet(Path java) throws Exception {
    Ended ended = run(java, "", "describe");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("space ");
    assertThat(ended.code()).isZero();
  }
}
