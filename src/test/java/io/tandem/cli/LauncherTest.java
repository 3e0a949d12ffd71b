package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher is the first thing a newcomer meets, on a machine that may lack everything: what is
 * missing it names, with the command that installs it. Run on a search path that holds nothing but
 * what a test puts there, and in folders with spaces.
 */
class LauncherTest {
  private static final String JAVA =
      "if [ $1 = -version ]; then echo 'openjdk version \"%s\"' >&2;";

  @TempDir private Path folder = Path.of("");
  private Path bin = Path.of("");
  private Path home = Path.of("");
  private final Map<String, String> own = new HashMap<>();

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void prepareSourceTree() throws IOException {
    bin = Files.createDirectories(folder.resolve("path"));
    for (String tool :
        List.of(
            "cat dirname find grep head mkfifo mktemp mv readlink rm sed sh touch".split(" "))) {
      for (String place : List.of("/usr/bin", "/bin")) {
        Path real = Path.of(place, tool);
        if (Files.isExecutable(real) && !Files.exists(bin.resolve(tool))) {
          program(tool, "exec " + real + " \"$@\"");
        }
      }
    }
    home = Files.createDirectories(folder.resolve("my source tree"));
    Files.createDirectories(home.resolve("src/main"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.copy(Path.of("tandem"), home.resolve("tandem"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void java(String version) throws IOException {
    program("java", JAVA.formatted(version) + " else printf '<%s>\\n' \"$@\"; fi");
  }

  private void maven(String version) throws IOException {
    program(
        "mvn",
        "case \" $* \" in *' -v '*) echo 'Apache Maven "
            + version
            + " (x)';; *) mkdir=target; [ -d target ] || /bin/mkdir target;"
            + " printf '\\033[0m'; echo built >&2; echo a.jar >target/classpath.txt;; esac");
  }

  private Ended run(Path launcher, Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", bin.toString());
    environment.putAll(own);
    int code = builder.start().waitFor();
    return new Ended(
        code, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    return run(home.resolve("tandem"), folder, arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "-,      -,     'java is missing; install a JDK 17'",
    "11.0.2, -,     'java 11 is too old; install a JDK 17'",
    "1.8.0,  3.9.1, 'java 1 is too old; install a JDK 17'",
    "17.0.1, -,     'mvn is missing; install Maven 3.8'",
    "21,     3.6.3, 'mvn 3.6 is too old; install Maven 3.8'",
  })
  void start_toolMissingOrTooOld_saysWhatToInstall(String java, String maven, String message)
      throws Exception {
    if (!java.equals("-")) {
      java(java);
    }
    if (!maven.equals("-")) {
      maven(maven);
    }
    Ended ended = run("check");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("tandem: " + message, "apt-get install");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void start_sourceTree_buildsOnceAndAgainAfterAChange() throws Exception {
    java("17.0.1");
    maven("3.8.7");
    Path link =
        Files.createSymbolicLink(folder.resolve("a link"), Path.of("my source tree/tandem"));
    Ended first = run(link, folder, "check", "a b");
    assertThat(first.code()).isZero();
    assertThat(first.err()).isEqualTo("tandem: nothing is built; building (once)\n");
    assertThat(first.out())
        .contains("<" + home.toRealPath() + "/target/tandem.jar:a.jar>", "<check>\n<a b>\n");
    assertThat(run(link, home, "check").err()).isEmpty();
    Path source = Files.writeString(home.resolve("src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run("check").err()).contains("the sources are newer");
  }

  /** A java that lays classes out when asked to, or crashes as Java 17 does on some classes. */
  private void javaThatArchives(boolean crashes) throws IOException {
    program(
        "java",
        JAVA.formatted("17.0.1")
            + " else for x in \"$@\"; do case $x in"
            + " -XX:DumpLoadedClassList=*) printf '@lambda-proxy A\\nB\\n' >\"${x#*=}\"; exit;;"
            + " -Xshare:dump) dump=1;;"
            + " -XX:SharedClassListFile=*) list=${x#*=};;"
            + " -XX:SharedArchiveFile=*) archive=${x#*=};;"
            + " esac; done;"
            + " if [ \"${dump:-}\" ]; then cat \"$list\" >\"$archive\"; exit "
            + (crashes ? 134 : 0)
            + "; fi;"
            + " printf '<%s>\\n' \"$@\"; fi");
    maven("3.8.7");
  }

  @Test
  void start_afterBuilding_mapsTheArchiveOfClasses() throws Exception {
    javaThatArchives(false);
    Path archive = home.toRealPath().resolve("target/tandem.jsa");
    assertThat(run("check").out()).contains("<-XX:SharedArchiveFile=" + archive + ">\n");
    assertThat(archive).content().isEqualTo("B\n");
  }

  @Test
  void start_archiveThatFails_startsWithout() throws Exception {
    javaThatArchives(true);
    Ended ended = run("check");
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).isEqualTo("tandem: nothing is built; building (once)\n");
    assertThat(ended.out()).contains("<-Xshare:auto>\n").doesNotContain("SharedArchiveFile");
    assertThat(home.resolve("target/tandem.jsa")).doesNotExist();
  }

  @Test
  void start_buildThatFails_showsItsLogWithoutColours() throws Exception {
    java("17.0.1");
    program(
        "mvn",
        "[ \"$2\" = -v ] && echo 'Apache Maven 3.9.1' && exit; printf '\\033[31mred\\033[0m'; exit 1");
    Ended ended = run("check");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("red").contains("the build failed").doesNotContain("\u001b");
    assertThat(home.resolve(".tandem-building")).doesNotExist();
  }

  @Test
  void start_distribution_needsNoMaven() throws Exception {
    java("17.0.1");
    Path unpacked = Files.createDirectories(folder.resolve("tandem 1.0"));
    Path launcher = Files.createDirectories(unpacked.resolve("bin")).resolve("tandem");
    Files.copy(Path.of("tandem"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(run(launcher, folder, "check").err()).contains("lib is missing", "unpack");
    Files.createDirectories(unpacked.resolve("lib"));
    Ended ended = run(launcher, folder, "check");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains(
            "<-Dtandem.home=" + unpacked.toRealPath() + ">",
            "<" + unpacked.toRealPath() + "/lib/*>");
  }

  @Test
  void start_memory_isKeptAndOfLargePagesWhereThereAreAnyUnlessTheUserDecides() throws Exception {
    program("java", JAVA.formatted("17") + " else printf '<%s>' \"$@\" \"$GLIBC_TUNABLES\"; fi");
    maven("3.8.7");
    Path kernel = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    boolean given =
        Files.isReadable(kernel)
            && Files.readString(kernel).matches("(?s).*\\[(madvise|always)\\].*");
    String out = run("check").out();
    assertThat(out)
        .contains(
            "<glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432"
                + ":glibc.malloc.trim_threshold=8589934592:glibc.malloc.top_pad=67108864"
                + (given ? ":glibc.malloc.hugetlb=1>" : ">"));
    assertThat(out.contains("<-XX:+UseTransparentHugePages>")).isEqualTo(given);
    own.put("GLIBC_TUNABLES", "glibc.malloc.arena_max=2");
    assertThat(run("check").out()).contains("<glibc.malloc.arena_max=2>");
  }

  @Test
  void search_nativeNoise_isLeftOutAndNothingElse() throws Exception {
    program(
        "java",
        JAVA.formatted("17")
            + " else echo 'WARNING: All log messages before absl::InitializeLog() is called' >&2;"
            + " echo 'I0000 00:00:1.2 3 mlir.cc:1] MLIR V1 optimization pass is not enabled' >&2;"
            + " echo '2026-01-01: E util.cc:131] oneDNN supports DT_INT32 only on platforms with"
            + " AVX-512. Falling back' >&2;"
            + " echo 'W0000 00:00:1.2 3 gpu.cc:1] no driver' >&2; printf bar >&3; exit 3; fi");
    maven("3.8.7");
    assertThat(run("search").code()).isEqualTo(3);
    // The filter writes on its own: its last line may come after the program has ended.
    Path err = folder.resolve("err");
    for (int tries = 0; tries < 100 && !Files.readString(err).contains("driver"); tries++) {
      Thread.sleep(50);
    }
    assertThat(Files.readString(err))
        .contains("bar", "W0000 00:00:1.2 3 gpu.cc:1] no driver\n")
        .doesNotContain("MLIR", "absl", "oneDNN");
  }
}
