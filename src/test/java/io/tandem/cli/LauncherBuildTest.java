package io.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.cli.LauncherTree.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher builds once, whoever else starts it, and shows that it is at work. */
@Timeout(60)
class LauncherBuildTest {
  @TempDir private Path folder = Path.of("");
  private LauncherTree tree = new LauncherTree(folder, Map.of());

  @BeforeEach
  void prepareSourceTree() throws IOException {
    tree = LauncherTree.in(folder);
    tree.java("17.0.1");
    tree.maven("3.8.7");
  }

  private static void assertQuiet(Ended ended) {
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).startsWith("tandem: nothing is built; building").hasLineCount(1);
  }

  @Test
  void start_sourceTree_buildsOnceAndAgainAfterAChange() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("a link"), Path.of("my source tree/tandem"));
    Ended first = tree.run(link, folder, "check", "a b");
    assertQuiet(first);
    Path jar = tree.products().toRealPath().resolve("tandem.jar");
    assertThat(first.out()).contains("<" + jar + ":a.jar>", "<check>\n<a b>\n");
    assertThat(tree.run(link, tree.home(), "check").err()).isEmpty();
    Path source = Files.writeString(tree.home().resolve("src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(tree.run("check").err()).contains("the sources are newer");
  }

  @Test
  void start_otherArgumentsForMaven_buildsAgain() throws Exception {
    tree.maven("3.8.7", "echo \"$@\" >>" + folder.resolve("builds"));
    assertQuiet(tree.run("check"));
    tree.environment().put("TANDEM_MAVEN_ARGS", "-Pgpu");
    assertThat(tree.run("check").err())
        .contains("TANDEM_MAVEN_ARGS is another than what it was built with; building");
    assertThat(tree.run("check").err()).isEmpty();
    tree.environment().clear();
    assertThat(tree.run("check").err()).isEmpty();
    assertThat(folder.resolve("builds")).content().hasLineCount(2).endsWith(" -Pgpu\n");
  }

  @Test
  void start_buildThatLasts_saysWhatItIsAtEveryTenSeconds() throws Exception {
    Path seconds = Files.writeString(folder.resolve("seconds"), "");
    tree.program("sleep", "printf . >>" + seconds);
    tree.maven(
        "3.8.7",
        "echo '[INFO] --- maven-compiler-plugin:3:compile (x) @ tandem ---'\n"
            + "until [ $(wc -c <"
            + seconds
            + ") -ge 40 ]; do :; done");
    assertThat(tree.run("check").err())
        .contains("tandem: compiling, 10 s\n", "tandem: compiling, 20 s\n");
  }

  @Test
  void start_twoAtOnce_buildOnce() throws Exception {
    tree.maven(
        "3.8.7",
        "echo built >>"
            + folder.resolve("builds")
            + "; until grep -qs waiting "
            + folder.resolve("one.err")
            + " "
            + folder.resolve("other.err")
            + "; do :; done");
    Process one = tree.start("one", "check");
    Process other = tree.start("other", "check");
    Ended first = tree.ended("one", one);
    Ended second = tree.ended("other", other);
    assertThat(first.code()).isZero();
    assertThat(second.code()).isZero();
    assertThat(first.out()).contains("<check>").isEqualTo(second.out());
    assertThat(first.err() + second.err())
        .containsOnlyOnce("tandem: nothing is built; building")
        .containsOnlyOnce("tandem: another process is building here; waiting for it");
    assertThat(folder.resolve("builds")).hasContent("built");
  }

  @Test
  void start_lockOfAProcessThatDied_isTakenOver() throws Exception {
    Path lock = Files.createDirectory(tree.home().resolve(".tandem-building"));
    Process uname = new ProcessBuilder("uname", "-n").start();
    Files.writeString(
        lock.resolve("holder"), uname.inputReader().readLine() + " " + uname.pid() + "\n");
    uname.waitFor();
    assertQuiet(tree.run("check"));
    assertThat(lock).doesNotExist();
  }

  @Test
  void start_lockWithoutASignForLong_isTakenOver() throws Exception {
    Path lock = Files.createDirectory(tree.home().resolve(".tandem-building"));
    Files.writeString(lock.resolve("holder"), "another-machine 1\n");
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(150)));
    assertQuiet(tree.run("check"));
  }

  @Test
  void start_interruptedAmidTheBuild_endsItAndLetsTheNextBuild() throws Exception {
    Path running = folder.resolve("running");
    Path died = folder.resolve("died");
    tree.maven(
        "3.8.7",
        "trap 'echo >" + died + "; exit 1' TERM; echo >" + running + "; while :; do :; done");
    Process process = tree.start("run", "check");
    while (!Files.exists(running)) {
      Thread.sleep(20);
    }
    Path lock = tree.home().resolve(".tandem-building");
    assertThat(lock).exists();
    process.destroy();
    assertThat(tree.ended("run", process).code()).isEqualTo(143);
    assertThat(lock).doesNotExist();
    for (int tries = 0; tries < 100 && !Files.exists(died); tries++) {
      Thread.sleep(20);
    }
    assertThat(died).exists();
    tree.maven("3.8.7");
    assertQuiet(tree.run("check"));
  }

  @Test
  void start_buildThatFails_showsItsLogWithoutColours() throws Exception {
    tree.maven("3.8.7", "printf '\\033[31mred\\033[0m'; exit 1");
    Ended ended = tree.run("check");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("red").contains("the build failed").doesNotContain("\u001b");
    assertThat(tree.home().resolve(".tandem-building")).doesNotExist();
  }

  /** A java that lays classes out when asked to, or crashes as Java 17 does on some classes. */
  private void javaThatArchives(String version, boolean crashes) throws IOException {
    tree.java(
        version,
        "for x in \"$@\"; do case $x in"
            + " -XX:DumpLoadedClassList=*) printf '@lambda-proxy A\\nB\\n' >\"${x#*=}\"; exit;;"
            + " -Xshare:dump) dump=1;;"
            + " -XX:SharedClassListFile=*) list=${x#*=};;"
            + " -XX:SharedArchiveFile=*) archive=${x#*=};;"
            + " esac; done\n"
            + "if [ \"${dump:-}\" ]; then cat \"$list\" >\"$archive\"; exit "
            + (crashes ? 134 : 0)
            + "; fi\n"
            + "printf '<%s>\\n' \"$@\"");
  }

  @Test
  void start_afterBuilding_mapsTheArchiveOfClasses() throws Exception {
    javaThatArchives("17.0.1", false);
    Ended ended = tree.run("check");
    assertQuiet(ended);
    Path archive = tree.products().toRealPath().resolve("tandem.jsa");
    assertThat(ended.out()).contains("<-XX:SharedArchiveFile=" + archive + ">\n");
    assertThat(archive).content().isEqualTo("B\n");
  }

  @Test
  void start_otherJavaThanTheBuilders_leavesItsArchiveAlone() throws Exception {
    javaThatArchives("17.0.1", false);
    assertThat(tree.run("check").out()).contains("SharedArchiveFile");
    javaThatArchives("17.0.2", false);
    Ended other = tree.run("check");
    assertThat(other.err()).isEmpty();
    assertThat(other.out()).contains("<-Xshare:auto>").doesNotContain("SharedArchiveFile");
    javaThatArchives("17.0.1", false);
    assertThat(tree.run("check").out()).contains("SharedArchiveFile");
  }

  @Test
  void start_archiveThatFails_startsWithout() throws Exception {
    javaThatArchives("17.0.1", true);
    Ended ended = tree.run("check");
    assertQuiet(ended);
    assertThat(ended.out()).contains("<-Xshare:auto>\n").doesNotContain("SharedArchiveFile");
    assertThat(tree.products().resolve("tandem.jsa")).doesNotExist();
  }
}
