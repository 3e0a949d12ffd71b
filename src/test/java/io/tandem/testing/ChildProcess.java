package io.tandem.testing;

import io.tandem.report.KillPoint;
import java.io.IOException;
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
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))));
    command.addAll(options);
    if (!killAt.isEmpty()) {
      command.add("-D" + KillPoint.PROPERTY + "=" + killAt);
    }
    command.add(main);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
