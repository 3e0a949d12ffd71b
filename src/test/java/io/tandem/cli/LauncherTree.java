package io.tandem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A source tree with the launcher, in a folder with spaces, and a search path that holds nothing
 * but what a test puts there.
 *
 * @param folder where everything is
 * @param environment what the launcher finds in its environment besides the search path
 */
record LauncherTree(Path folder, Map<String, String> environment) {
  private static final List<String> TOOLS =
      List.of(
          "cat dirname find grep head mkdir mkfifo mktemp mv readlink rm sed sh tail touch uname wc"
              .split(" "));

  /** What a launcher did. */
  record Ended(int code, String out, String err) {}

  /** Makes it. */
  static LauncherTree in(Path folder) throws IOException {
    LauncherTree tree = new LauncherTree(folder, new HashMap<>());
    Files.createDirectories(tree.bin());
    for (String tool : TOOLS) {
      tree.program(tool, "exec " + real(tool) + " \"$@\"");
    }
    // Time passes ten times as fast.
    tree.program("sleep", "exec " + real("sleep") + " 0.1");
    Path home = Files.createDirectories(tree.home());
    Files.createDirectories(home.resolve("src/main"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    for (String file : List.of("tandem", "src/build/launcher-build.sh")) {
      Files.createDirectories(home.resolve(file).getParent());
      Files.copy(Path.of(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return tree;
  }

  private static Path real(String tool) {
    Path usual = Path.of("/usr/bin", tool);
    return Files.isExecutable(usual) ? usual : Path.of("/bin", tool);
  }

  /** The search path. */
  Path bin() {
    return folder.resolve("path");
  }

  /** The source tree. */
  Path home() {
    return folder.resolve("my source tree");
  }

  /** What the launcher builds. */
  Path products() {
    return home().resolve("target/launcher");
  }

  /** Puts a program on the search path. */
  void program(String name, String script) throws IOException {
    script(bin().resolve(name), script);
  }

  private static void script(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A java that prints its arguments. */
  void java(String version) throws IOException {
    java(version, "printf '<%s>\\n' \"$@\"");
  }

  /** A java that does something, and knows its version. */
  void java(String version, String script) throws IOException {
    program("java", javaScript(version, script));
  }

  private static String javaScript(String version, String script) {
    return "[ $1 != -version ] || { echo 'openjdk version \""
        + version
        + "\"' >&2; exit; }\n"
        + script;
  }

  /** An installed JDK whose java prints its arguments; returns its home. */
  Path jdk(String... release) throws IOException {
    Path jdk = Files.createDirectories(folder.resolve("a jdk"));
    Files.createDirectories(jdk.resolve("bin"));
    script(jdk.resolve("bin/java"), "printf '<%s>\\n' \"$@\"");
    script(jdk.resolve("bin/javac"), "exit 1");
    Files.write(jdk.resolve("release"), List.of(release));
    environment.put("JAVA_HOME", jdk.toString());
    return jdk;
  }

  /** A Maven that builds, and does something before. */
  void maven(String version, String before) throws IOException {
    program(
        "mvn",
        "case \" $* \" in *' -v '*) echo 'Apache Maven "
            + version
            + " (x)'; exit;; esac\n"
            + "for x in \"$@\"; do case $x in -Dtandem.build=*) build=${x#*=};; esac; done\n"
            + before
            + "\nmkdir -p \"$build\"; printf '\\033[0m'; echo built >&2\n"
            + "echo a.jar >\"$build/classpath.txt\"");
  }

  /** A Maven that builds. */
  void maven(String version) throws IOException {
    maven(version, "");
  }

  /** Starts the launcher of the source tree; what it prints goes to files of a name. */
  Process start(String name, String... arguments) throws IOException {
    return start(name, home().resolve("tandem"), folder, arguments);
  }

  private Process start(String name, Path launcher, Path directory, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(folder.resolve(name + ".out").toFile())
            .redirectError(folder.resolve(name + ".err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin().toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits for a started launcher. */
  Ended ended(String name, Process process) throws IOException, InterruptedException {
    int code = process.waitFor();
    return new Ended(
        code,
        Files.readString(folder.resolve(name + ".out")),
        Files.readString(folder.resolve(name + ".err")));
  }

  /** Runs any launcher in a directory. */
  Ended run(Path launcher, Path directory, String... arguments)
      throws IOException, InterruptedException {
    return ended("run", start("run", launcher, directory, arguments));
  }

  /** Runs the launcher of the source tree. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return ended("run", start("run", arguments));
  }
}
