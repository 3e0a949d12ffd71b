package io.tandem.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the tests in a JVM of its own, so that it can be killed. */
final class ChildProcess {
  private ChildProcess() {}

  static Process start(Class<?> main, String killAt, Path directory) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))));
    if (!killAt.isEmpty()) {
      command.add("-D" + KillPoint.PROPERTY + "=" + killAt);
    }
    command.add(main.getName());
    command.add(directory.toString());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
