package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.metric.DecisionThreshold;
import io.tandem.metric.Metric;
import java.util.Arrays;
import java.util.Optional;

/**
 * A threshold between two classes as stored: its {@code value}, the {@code metric} that it was
 * chosen for, and what this is on the {@code validation} part.
 */
final class ThresholdJson {
  static final String KEY = "threshold";

  private ThresholdJson() {}

  static ObjectNode write(DecisionThreshold threshold) {
    return Json.object()
        .put("value", threshold.value())
        .put("metric", threshold.metric().key())
        .put("validation", Json.measured(threshold.reached()));
  }

  /** The threshold of a file; empty if it has none. */
  static Optional<DecisionThreshold> read(JsonNode file) {
    JsonNode object = file.path(KEY);
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.key().equals(object.path("metric").asText()))
        .findFirst()
        .map(
            metric ->
                new DecisionThreshold(
                    metric,
                    (float) object.path("value").asDouble(),
                    Json.number(object, "validation")));
  }
}
