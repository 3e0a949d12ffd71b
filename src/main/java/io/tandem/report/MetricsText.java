package io.tandem.report;

import io.tandem.metric.Figure;
import io.tandem.metric.Metric;
import io.tandem.metric.Metrics;
import io.tandem.metric.ModelMetrics;
import java.util.List;
import java.util.Locale;

/** Metrics as lines for people. */
public final class MetricsText {
  private MetricsText() {}

  /** A line for each metric of a model, below the name of the number where there are several. */
  public static String of(ModelMetrics model) {
    StringBuilder text = new StringBuilder();
    model
        .byName()
        .forEach(
            (name, metrics) -> {
              if (!model.isSingle()) {
                text.append(name).append(System.lineSeparator());
              }
              text.append(of(metrics));
            });
    return text.toString();
  }

  /**
   * A line for each.
   *
   * @param metrics what is shown
   * @param without those that are said elsewhere
   */
  public static String of(Metrics metrics, Metric... without) {
    StringBuilder text = new StringBuilder();
    for (Figure figure : metrics.figures()) {
      if (!List.of(without).contains(figure.metric())) {
        text.append(line(figure)).append(System.lineSeparator());
      }
    }
    return text.toString();
  }

  private static String line(Figure figure) {
    String name = String.format(Locale.ROOT, "  %-18s", figure.metric().text());
    if (!Double.isFinite(figure.value())) {
      return name + "not defined on these rows";
    }
    String value = name + Significant.text(figure.value());
    return figure.hasInterval() ? value + interval(figure) : value;
  }

  /** For example {@code (95 % from 0.951 to 0.972)}; empty where there is none. */
  public static String interval(Figure figure) {
    return figure.hasInterval()
        ? String.format(
            Locale.ROOT,
            " (95 %% from %s to %s)",
            Significant.text(figure.low()),
            Significant.text(figure.high()))
        : "";
  }
}
