package io.tandem.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Metrics of a model on some rows, for each of what it predicts.
 *
 * @param names of the numbers that it predicts; one empty name of a model of classes
 * @param metrics of each of them
 */
public record ModelMetrics(List<String> names, List<Metrics> metrics) {
  /** Copies the lists. */
  public ModelMetrics {
    names = List.copyOf(names);
    metrics = List.copyOf(metrics);
    if (names.isEmpty() || names.size() != metrics.size()) {
      throw new IllegalArgumentException(names.size() + " names for " + metrics.size());
    }
  }

  /** Of a model of classes. */
  public static ModelMetrics ofClasses(Metrics metrics) {
    return new ModelMetrics(List.of(""), List.of(metrics));
  }

  /** The mean of a metric over what is predicted; NaN if one lacks it. */
  public double mean(Metric metric) {
    return metrics.stream()
        .mapToDouble(each -> each.find(metric).map(Figure::value).orElse(Double.NaN))
        .average()
        .orElse(Double.NaN);
  }

  /** The figure of a metric where one thing is predicted. */
  public Optional<Figure> single(Metric metric) {
    return isSingle() ? metrics.get(0).find(metric) : Optional.empty();
  }

  /** Returns true if it is clear without a name what a metric is of. */
  public boolean isSingle() {
    return names.size() == 1;
  }

  /** The metrics by their names, in order. */
  public Map<String, Metrics> byName() {
    Map<String, Metrics> byName = new LinkedHashMap<>();
    for (int index = 0; index < names.size(); index++) {
      byName.put(names.get(index), metrics.get(index));
    }
    return byName;
  }
}
