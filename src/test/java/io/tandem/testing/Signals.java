package io.tandem.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Signals to processes. A process ignores what its parent ignored, as everything below {@code
 * nohup} or in the background of a script does, tests included.
 */
public final class Signals {
  private static final String DEFAULT = "--default-signal=HUP,INT,TERM";

  private Signals() {}

  /**
   * A command that ignores no signal, whoever starts it, where the system has a way to say so.
   *
   * @param command what to run
   */
  public static List<String> heard(List<String> command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    if (new ProcessBuilder("env", DEFAULT, "true").start().waitFor() == 0) {
      all.addAll(List.of("env", DEFAULT));
    }
    all.addAll(command);
    return all;
  }

  /**
   * A command that ignores Ctrl-C and the end of its terminal, as {@code nohup} and shells make it.
   *
   * @param command what to run
   */
  public static List<String> ignored(List<String> command) {
    List<String> all = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    all.addAll(command);
    return all;
  }

  /**
   * Sends one.
   *
   * @param process to whom
   * @param name for example {@code TERM}
   */
  public static void send(Process process, String name) throws IOException, InterruptedException {
    String[] command = {"kill", "-" + name, Long.toString(process.pid())};
    if (new ProcessBuilder(command).start().waitFor() != 0) {
      throw new IllegalStateException("no process " + process.pid());
    }
  }
}
