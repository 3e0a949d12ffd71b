package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Says whether a search proposed better candidates than uniform random draws: compares the losses
 * of both kinds in the same run after their first training.
 *
 * @param proposed number of candidates that the search proposed
 * @param drawn number of candidates that were drawn uniformly
 * @param probability that a proposed candidate does better than a drawn one, ties counting half;
 *     0.5 if the search learnt nothing
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
public record Certificate(int proposed, int drawn, double probability, double low, double high) {
  /** A line for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "learnt: a proposed candidate does better at its first training than a drawn one with"
            + " probability %.2f (95 %% interval %.2f to %.2f; %d proposed, %d drawn)",
        probability,
        low,
        high,
        proposed,
        drawn);
  }

  /** The object as stored. */
  ObjectNode toJson() {
    return Json.object()
        .put("proposed", proposed)
        .put("drawn", drawn)
        .put("probability", probability)
        .put("low", low)
        .put("high", high);
  }

  /** The certificate as it was stored. */
  static Certificate fromJson(JsonNode node) {
    return new Certificate(
        node.path("proposed").asInt(),
        node.path("drawn").asInt(),
        node.path("probability").asDouble(),
        node.path("low").asDouble(),
        node.path("high").asDouble());
  }
}
