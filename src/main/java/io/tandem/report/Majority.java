package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import java.util.Locale;
import java.util.Optional;

/**
 * What always answering the most frequent class would score: the least that a model has to beat.
 *
 * @param label the most frequent class of the training part
 * @param accuracy share of it in the test part
 */
public record Majority(String label, double accuracy) {
  /** Share from which on the most frequent class is worth a line. */
  private static final double WORTH_SAYING = 0.5;

  /** The object as stored. */
  ObjectNode toJson() {
    return Json.object().put("class", label).put("test.accuracy", accuracy);
  }

  /** One that {@link #toJson} made. */
  static Majority fromJson(JsonNode object) {
    return new Majority(object.path("class").asText(), object.path("test.accuracy").asDouble());
  }

  /**
   * What people should know of it.
   *
   * @param test accuracy of the model on the test part
   * @return empty if it is clear that the model is better
   */
  public Optional<String> text(double test) {
    if (test <= accuracy) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "warning: the model is no better than always answering \"%s\", which is right for %.4f"
                  + " of the test part",
              label,
              accuracy));
    }
    return accuracy < WORTH_SAYING
        ? Optional.empty()
        : Optional.of(
            String.format(Locale.ROOT, "always \"%s\" would be right for %.4f", label, accuracy));
  }
}
