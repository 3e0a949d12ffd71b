package io.tandem.cli.terminal;

import io.tandem.disk.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with phase, figures and time left. */
public final class TerminalProgress implements Progress {
  private static final int WIDTH = 100;
  private static final int UPDATE_MILLIS = 200;

  private final PrintStream stream;
  private @Nullable ProgressBar bar;

  TerminalProgress(PrintStream stream) {
    this.stream = stream;
  }

  /** A bar on a terminal, as the launcher found out, plain lines elsewhere. */
  public static Progress forStandardError() {
    return Boolean.getBoolean("tandem.terminal")
        ? new TerminalProgress(System.err)
        : new LineProgress(System.err);
  }

  @Override
  public void phase(String name, long total) {
    close();
    bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(stream, WIDTH))
            .build();
  }

  @Override
  public void step(long done, Map<String, Double> metrics) {
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(" " + text(metrics));
    }
  }

  @Override
  public void message(String text) {
    stream.println((bar == null ? "" : "\r\u001b[K") + text);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** Figures as people read them. */
  static String text(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .map(entry -> entry.getKey() + " " + String.format(Locale.ROOT, "%.4g", entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
