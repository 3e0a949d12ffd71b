package io.tandem.cli.terminal;

import io.tandem.disk.Progress;
import java.io.PrintStream;
import java.util.Map;

/** Ten plain lines per phase, for logs. */
final class LineProgress implements Progress {
  private static final int LINES = 10;

  private final PrintStream stream;
  private String phase = "";
  private long total;
  private long shown = -1;

  LineProgress(PrintStream stream) {
    this.stream = stream;
  }

  @Override
  public void phase(String name, long newTotal) {
    phase = name;
    total = Math.max(1, newTotal);
    shown = -1;
  }

  @Override
  public void step(long done, Map<String, Double> metrics) {
    long tenth = done * LINES / total;
    if (tenth > shown) {
      shown = tenth;
      stream.println(phase + ": " + done + " of " + total + suffix(metrics));
    }
  }

  @Override
  public void message(String text) {
    stream.println(text);
  }

  @Override
  public void close() {
    stream.flush();
  }

  private static String suffix(Map<String, Double> metrics) {
    return metrics.isEmpty() ? "" : ", " + TerminalProgress.text(metrics);
  }
}
