package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import java.util.Locale;
import java.util.Optional;

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
 * @param shared of what use shared weights were for ranking; empty if there were none
 */
public record Certificate(
    int proposed,
    int drawn,
    double probability,
    double low,
    double high,
    Optional<RankCorrelation> shared) {
  /** The same with what shared weights were good for. */
  public Certificate with(Optional<RankCorrelation> ranks) {
    return new Certificate(proposed, drawn, probability, low, high, ranks);
  }

  /** A line for people, and one about shared weights if there were any. */
  public String text() {
    String learnt =
        String.format(
            Locale.ROOT,
            "learnt: a proposed candidate does better at its first training than a drawn one with"
                + " probability %.2f (95 %% interval %.2f to %.2f; %d proposed, %d drawn)",
            probability,
            low,
            high,
            proposed,
            drawn);
    return shared.map(ranks -> learnt + '\n' + ranks.text()).orElse(learnt);
  }

  /** The object as stored. */
  ObjectNode toJson() {
    ObjectNode object =
        Json.object()
            .put("proposed", proposed)
            .put("drawn", drawn)
            .put("probability", probability)
            .put("low", low)
            .put("high", high);
    shared.ifPresent(ranks -> object.set("shared", ranks.toJson()));
    return object;
  }

  /** The certificate as it was stored. */
  static Certificate fromJson(JsonNode node) {
    return new Certificate(
        node.path("proposed").asInt(),
        node.path("drawn").asInt(),
        node.path("probability").asDouble(),
        node.path("low").asDouble(),
        node.path("high").asDouble(),
        node.has("shared")
            ? Optional.of(RankCorrelation.fromJson(node.path("shared")))
            : Optional.empty());
  }
}
