package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.metric.Figure;
import io.tandem.metric.Metric;
import io.tandem.metric.Metrics;
import io.tandem.metric.ModelMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Metrics as stored: an object for each with its value and the ends of its 95 % interval. */
public final class MetricsJson {
  private static final String TARGETS = "targets";
  private static final String CONFUSION = "confusion";
  private static final String VALUE = "value";
  private static final String LOW = "low";
  private static final String HIGH = "high";

  private MetricsJson() {}

  /** The object of a model; an object for each of several numbers is in {@code targets}. */
  public static ObjectNode write(ModelMetrics model) {
    if (model.isSingle()) {
      return write(model.metrics().get(0));
    }
    ObjectNode object = Json.object();
    ObjectNode targets = object.putObject(TARGETS);
    model.byName().forEach((name, metrics) -> targets.set(name, write(metrics)));
    return object;
  }

  /**
   * Metrics of a model that {@link #write(ModelMetrics)} made; of a single number without its name.
   *
   * @param file where they are stored
   * @param key under which
   * @return empty if they are not there
   */
  static Optional<ModelMetrics> readModel(JsonNode file, String key) {
    JsonNode object = file.path(key);
    if (!object.isObject()) {
      return Optional.empty();
    }
    if (!object.has(TARGETS)) {
      return Optional.of(ModelMetrics.ofClasses(read(object)));
    }
    List<String> names = new ArrayList<>();
    List<Metrics> metrics = new ArrayList<>();
    object
        .path(TARGETS)
        .properties()
        .forEach(
            entry -> {
              names.add(entry.getKey());
              metrics.add(read(entry.getValue()));
            });
    return Optional.of(new ModelMetrics(names, metrics));
  }

  /** The object. */
  public static ObjectNode write(Metrics metrics) {
    ObjectNode object = Json.object();
    for (Figure figure : metrics.figures()) {
      ObjectNode own = Json.object().put(VALUE, Json.measured(figure.value()));
      if (figure.hasInterval()) {
        own.put(LOW, figure.low()).put(HIGH, figure.high());
      }
      object.set(figure.metric().key(), own);
    }
    if (!metrics.confusion().isEmpty()) {
      ArrayNode rows = object.putArray(CONFUSION);
      metrics
          .confusion()
          .forEach(
              row -> {
                ArrayNode counts = rows.addArray();
                row.forEach(counts::add);
              });
    }
    return object;
  }

  private static Metrics read(JsonNode object) {
    List<Figure> figures = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      JsonNode own = object.path(metric.key());
      if (own instanceof ObjectNode found) {
        figures.add(
            new Figure(
                metric,
                Json.number(found, VALUE),
                Json.number(found, LOW),
                Json.number(found, HIGH)));
      }
    }
    List<List<Long>> confusion = new ArrayList<>();
    for (JsonNode row : object.path(CONFUSION)) {
      List<Long> counts = new ArrayList<>();
      row.forEach(count -> counts.add(count.asLong()));
      confusion.add(counts);
    }
    return new Metrics(figures, confusion);
  }
}
