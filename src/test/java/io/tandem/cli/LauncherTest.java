package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.cli.LauncherTree.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher is the first thing a newcomer meets, on a machine that may lack everything: what is
 * missing it names, with the command that installs it, and Java gets what it needs of the rest.
 */
class LauncherTest {
  @TempDir private Path folder = Path.of("");
  private LauncherTree tree = new LauncherTree(folder, Map.of());

  @BeforeEach
  void prepareSourceTree() throws IOException {
    tree = LauncherTree.in(folder);
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
      tree.java(java);
    }
    if (!maven.equals("-")) {
      tree.maven(maven);
    }
    Ended ended = tree.run("check");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("tandem: " + message, "apt-get install").hasLineCount(1);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void start_javaWithoutCompiler_saysWhatToInstall() throws Exception {
    Path jdk = tree.jdk("JAVA_VERSION=\"17.0.1\"");
    tree.maven("3.9.1");
    Files.delete(jdk.resolve("bin/javac"));
    Ended ended = tree.run("check");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("tandem: " + jdk + " has no compiler; install a JDK 17");
  }

  @Test
  void start_distribution_needsNoMaven() throws Exception {
    tree.java("17.0.1");
    Path unpacked = Files.createDirectories(folder.resolve("tandem 1.0"));
    Path launcher = Files.createDirectories(unpacked.resolve("bin")).resolve("tandem");
    Files.copy(Path.of("tandem"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(tree.run(launcher, folder, "check").err()).contains("lib is missing", "unpack");
    Files.createDirectories(unpacked.resolve("lib"));
    Ended ended = tree.run(launcher, folder, "check");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains(
            "<-Dtandem.home=" + unpacked.toRealPath() + ">",
            "<" + unpacked.toRealPath() + "/lib/*>");
  }

  /** A driver of a database is no part of the program. */
  @Test
  void start_classPathOfTheUser_comesAfterTheOwn() throws Exception {
    tree.java("17.0.1");
    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    Path launcher = Files.createDirectories(unpacked.resolve("bin")).resolve("tandem");
    Files.copy(Path.of("tandem"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(unpacked.resolve("lib"));
    String own = unpacked.toRealPath() + "/lib/*";
    LauncherTree with = new LauncherTree(folder, Map.of("TANDEM_CLASSPATH", "my drivers/*:d.jar"));
    with.java("17.0.1");
    assertThat(with.run(launcher, folder, "check").out())
        .contains("<" + own + ":my drivers/*:d.jar>");
    assertThat(tree.run(launcher, folder, "check").out()).contains("<" + own + ">");
  }

  @Test
  void start_anyWay_tellsJavaHowItWasCalled() throws Exception {
    tree.java("17");
    tree.maven("3.8.7");
    Path link =
        Files.createSymbolicLink(folder.resolve("a link"), Path.of("my source tree/tandem"));
    assertThat(tree.run(link, folder, "check").out()).contains("<-Dtandem.command=" + link + ">");
    assertThat(tree.run(Path.of("./tandem"), tree.home(), "check").out())
        .contains("<-Dtandem.command=./tandem>");
  }

  /** A newer Java warns where an older one knows no option that would stop it. */
  @ParameterizedTest
  @CsvSource({"17.0.1, false", "21, false", "23.0.2, false", "24, true", "25.0.3, true"})
  void start_anyJava_getsTheOptionsThatItKnows(String version, boolean permitted) throws Exception {
    tree.java(version);
    tree.maven("3.8.7");
    String out = tree.run("check").out();
    assertThat(out.contains("<--enable-native-access=ALL-UNNAMED>")).isEqualTo(permitted);
    assertThat(out.contains("<--sun-misc-unsafe-memory-access=allow>")).isEqualTo(permitted);
    assertThat(out).contains("<-Xlog:disable>").doesNotContain("<-Xrs>");
  }

  /** Where there is no library, there is often no compiler of protocol buffers either. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Linux,  x86_64,  musl, Linux on x86_64 with the C library musl",
        "Linux,  ppc64le, gnu,  Linux on ppc64le with the C library gnu",
        "Darwin, x86_64,  -,    macOS on x86_64;",
        "Linux,  x86_64,  gnu,  -",
        "Linux,  aarch64, gnu,  -",
        "Darwin, aarch64, -,    -",
      })
  void start_platformWithoutTensorFlow_isRefusedBeforeItIsBuilt(
      String system, String machine, String library, String refusal) throws Exception {
    tree.jdk(
        "JAVA_VERSION=\"21.0.2\"",
        "OS_NAME=\"" + system + "\"",
        "OS_ARCH=\"" + machine + "\"",
        library == null ? "" : "LIBC=\"" + library + "\"");
    tree.maven("3.8.7");
    Ended ended = tree.run("search");
    assertThat(ended.code()).isEqualTo(refusal == null ? 0 : 4);
    if (refusal != null) {
      assertThat(ended.err())
          .hasLineCount(1)
          .startsWith("tandem: TensorFlow has no library for " + refusal)
          .contains("it has some for Linux", "use such a machine");
      assertThat(tree.products()).doesNotExist();
      assertThat(tree.run("runs").out()).contains("<runs>");
      assertThat(tree.run("search", "--help").out()).contains("<--help>");
    }
  }

  /**
   * Only a locale with UTF-8 lets Java name every file, and only English ones give reasons that it
   * understands. A {@code locale} that is absent knows nothing.
   */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,                  -,          -,              C.UTF-8",
        "LC_ALL=C,           -,          -,              C.UTF-8",
        "LANG=de_DE.UTF-8,   -,          -,              de_DE.UTF-8",
        "LANG=de_DE.UTF-8,   UTF-8,      C de_DE.utf8,   de_DE.UTF-8",
        "LC_ALL=de_DE.UTF-8, UTF-8,      C de_DE.utf8,   de_DE.UTF-8",
        "LANG=de_DE.UTF-8,   US-ASCII,   C C.utf8 POSIX, C.UTF-8",
        "LC_ALL=POSIX,       US-ASCII,   C en_US.utf8,   en_US.UTF-8",
        "LC_CTYPE=de_DE,     ISO-8859-1, C C.UTF-8,      C.UTF-8",
        "LC_ALL=C,           US-ASCII,   C es_EC.utf8,   C.UTF-8",
      })
  void start_anyLocale_isOneOfUtf8ForJava(
      String set, String charset, String installed, String expected) throws Exception {
    tree.java("17", "echo \"${LC_ALL-unset} $LC_CTYPE $LC_MESSAGES $LC_NUMERIC\"");
    tree.maven("3.8.7");
    if (set != null) {
      int sign = set.indexOf('=');
      tree.environment().put(set.substring(0, sign), set.substring(sign + 1));
    }
    if (charset != null) {
      tree.program(
          "locale", "[ $1 = charmap ] && echo " + charset + " || printf '%s\\n' " + installed);
    }
    assertThat(tree.run("check").out()).isEqualTo("unset " + expected + " C C\n");
  }

  @Test
  void start_memory_isKeptAndOfLargePagesWhereThereAreAnyUnlessTheUserDecides() throws Exception {
    tree.java("17", "printf '<%s>' \"$@\" \"$GLIBC_TUNABLES\"");
    tree.maven("3.8.7");
    Path kernel = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    boolean given =
        Files.isReadable(kernel)
            && Files.readString(kernel).matches("(?s).*\\[(madvise|always)\\].*");
    String out = tree.run("check").out();
    assertThat(out)
        .contains(
            "<glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432"
                + ":glibc.malloc.trim_threshold=8589934592:glibc.malloc.top_pad=67108864"
                + (given ? ":glibc.malloc.hugetlb=1>" : ">"));
    assertThat(out.contains("<-XX:+UseTransparentHugePages>")).isEqualTo(given);
    tree.environment().put("GLIBC_TUNABLES", "glibc.malloc.arena_max=2");
    assertThat(tree.run("check").out()).contains("<glibc.malloc.arena_max=2>");
  }

  @Test
  void start_oneDnn_isOnUnlessTheUserDecides() throws Exception {
    tree.java("17", "printf '<%s>' \"$TF_ENABLE_ONEDNN_OPTS\"");
    tree.maven("3.8.7");
    tree.environment().remove("TF_ENABLE_ONEDNN_OPTS");
    assertThat(tree.run("check").out()).isEqualTo("<1>");
    tree.environment().put("TF_ENABLE_ONEDNN_OPTS", "0");
    assertThat(tree.run("check").out()).isEqualTo("<0>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"search", "check"})
  void commands_nativeNoise_isLeftOutAndNothingElse(String command) throws Exception {
    tree.java(
        "17",
        "echo 'WARNING: All log messages before absl::InitializeLog() is called' >&2\n"
            + "echo 'I0000 00:00:1.2 3 mlir.cc:1] MLIR V1 optimization pass is not enabled' >&2\n"
            + "echo '2026-01-01: E util.cc:131] oneDNN supports DT_INT32 only on platforms with"
            + " AVX-512. Falling back' >&2\n"
            + "echo 'W0000 00:00:1.2 3 gpu.cc:1] no driver in Köln' >&2\n"
            + "printf bar >&3; exit 3");
    tree.maven("3.8.7");
    assertThat(tree.run(command).code()).isEqualTo(3);
    // The filter writes on its own: its last line may come after the program has ended.
    Path err = folder.resolve("run.err");
    for (int tries = 0; tries < 100 && !Files.readString(err).contains("driver"); tries++) {
      Thread.sleep(50);
    }
    assertThat(Files.readString(err))
        .contains("bar", "W0000 00:00:1.2 3 gpu.cc:1] no driver in Köln\n")
        .doesNotContain("MLIR", "absl", "oneDNN");
  }
}
