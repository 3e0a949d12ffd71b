package io.tandem.report;

import io.tandem.metric.DecisionThreshold;
import io.tandem.metric.Figure;
import io.tandem.metric.Metric;
import io.tandem.metric.Metrics;
import io.tandem.metric.ModelMetrics;
import io.tandem.space.Goal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Metrics as lines for people. */
public final class MetricsText {
  private MetricsText() {}

  /** The interval of a goal's figure, where there is one. */
  public static String interval(Goal goal, Optional<ModelMetrics> model) {
    return model.flatMap(found -> found.single(metric(goal))).map(MetricsText::interval).orElse("");
  }

  /**
   * A line for each metric of a model, below the name of the number where there are several.
   *
   * @param goal whose figure is said elsewhere, unless it is the mean of several
   * @param model its metrics
   */
  public static String besides(Goal goal, ModelMetrics model) {
    StringBuilder text = new StringBuilder();
    model
        .byName()
        .forEach(
            (name, metrics) -> {
              if (!model.isSingle()) {
                text.append(name).append(System.lineSeparator());
              }
              text.append(model.isSingle() ? of(metrics, metric(goal)) : of(metrics));
            });
    return text.toString();
  }

  /** A line about a threshold that decides between two classes. */
  public static String of(DecisionThreshold threshold) {
    return String.format(
        Locale.ROOT,
        "%-19s %s (%s %s on the validation part)%n",
        "threshold",
        Significant.text(threshold.value()),
        threshold.metric().text(),
        Significant.text(threshold.reached()));
  }

  private static Metric metric(Goal goal) {
    return goal == Goal.R2 ? Metric.R2 : Metric.ACCURACY;
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

  /** For example {@code (95 % interval 0.951 to 0.972)}; empty where there is none. */
  public static String interval(Figure figure) {
    return figure.hasInterval()
        ? String.format(
            Locale.ROOT,
            " (95 %% interval %s to %s)",
            Significant.text(figure.low()),
            Significant.text(figure.high()))
        : "";
  }
}
