package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import java.util.Locale;

/**
 * Whether candidates have the same order with shared weights as after a training of their own.
 *
 * @param candidates that have both; none of them was selected by either
 * @param tau rank correlation of Kendall, -1 to 1; 0 if one order says nothing about the other
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
public record RankCorrelation(int candidates, double tau, double low, double high) {
  /** A line for people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "shared weights: rank correlation with trainings from scratch %.2f (95 %% interval %.2f to"
            + " %.2f; %d candidates)",
        tau,
        low,
        high,
        candidates);
  }

  /** The object as stored. */
  ObjectNode toJson() {
    return Json.object()
        .put("candidates", candidates)
        .put("tau", tau)
        .put("low", low)
        .put("high", high);
  }

  /** The correlation as it was stored. */
  static RankCorrelation fromJson(JsonNode node) {
    return new RankCorrelation(
        node.path("candidates").asInt(),
        node.path("tau").asDouble(),
        node.path("low").asDouble(),
        node.path("high").asDouble());
  }
}
