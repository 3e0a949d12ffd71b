package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.metric.Figure;
import io.tandem.metric.Metric;
import io.tandem.metric.Metrics;
import java.util.ArrayList;
import java.util.List;

/** Metrics as stored: an object for each with its value and the ends of its 95 % interval. */
public final class MetricsJson {
  private static final String CONFUSION = "confusion";
  private static final String VALUE = "value";
  private static final String LOW = "low";
  private static final String HIGH = "high";

  private MetricsJson() {}

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

  /** Metrics that {@link #write} made. */
  public static Metrics read(JsonNode object) {
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
