package io.tandem.testing;

import io.tandem.disk.KillPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class in a JVM of its own, so that it can be killed. */
public final class ChildProcess {
  private ChildProcess() {}

  /**
   * Starts it; what it prints to either stream is its output.
   *
   * @param main name of the class
   * @param killAt kill point with its count, or empty
   * @param arguments of the class
   */
  public static Process start(String main, String killAt, String... arguments) throws IOException {
    return start(main, killAt, List.of(), arguments);
  }

  /** The same with further options of the JVM. */
  public static Process start(String main, String killAt, List<String> options, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(options);
    if (!killAt.isEmpty()) {
      all.add("-D" + KillPoint.PROPERTY + "=" + killAt);
    }
    return new ProcessBuilder(command(classPath(), all, main, arguments))
        .redirectErrorStream(true)
        .start();
  }

  /** The class path of the tests. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /**
   * The command that runs it.
   *
   * @param classPath where its classes are
   * @param options of the JVM
   * @param main name of the class
   * @param arguments of the class
   */
  public static List<String> command(
      String classPath, List<String> options, String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath));
    command.addAll(options);
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Runs a command to its end.
   *
   * @param builder the command, its directory and environment
   * @param folder for what it prints
   */
  public static Ended run(ProcessBuilder builder, Path folder)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "child", ".out");
    Path err = Files.createTempFile(folder, "child", ".err");
    int code = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Ended(code, Files.readString(out), Files.readString(err));
  }

  /**
   * What is left of a process.
   *
   * @param code its exit code
   * @param out what it printed to the standard output, which has to be UTF-8
   * @param err what it printed to the standard error, likewise
   */
  public record Ended(int code, String out, String err) {}
}
