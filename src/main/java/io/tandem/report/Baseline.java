package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.space.Goal;
import java.util.Locale;
import java.util.Optional;

/**
 * What a model scores that is simpler than any that is searched: the least that a network has to
 * beat.
 *
 * @param kind which model
 * @param answer of a model that always answers the same
 * @param figure of the goal on the test part
 */
public record Baseline(Kind kind, String answer, double figure) {
  /** Share from which on the most frequent class is worth a line. */
  private static final double WORTH_SAYING = 0.5;

  /** The models. */
  public enum Kind {
    /** Always answers the most frequent class of the training part. */
    MAJORITY,
    /** Always answers the mean of the training part. */
    MEAN,
    /** Logistic or linear regression: the network without a hidden layer. */
    LINEAR
  }

  /** The object as stored. */
  ObjectNode toJson(Goal goal) {
    ObjectNode object = Json.object().put("model", Json.lower(kind));
    if (!answer.isEmpty()) {
      object.put("answer", answer);
    }
    return object.put("test." + goal.text(), Json.measured(figure));
  }

  /** One that {@link #toJson} made; empty if it is of another version. */
  static Optional<Baseline> fromJson(JsonNode object, Goal goal) {
    for (Kind kind : Kind.values()) {
      if (object.path("model").asText().equals(Json.lower(kind))) {
        return Optional.of(
            new Baseline(
                kind, object.path("answer").asText(), Json.number(object, "test." + goal.text())));
      }
    }
    return Optional.empty();
  }

  /**
   * What people should know of it.
   *
   * @param goal of the network
   * @param test figure of the network on the test part
   * @return empty if it is clear that the network is better
   */
  public Optional<String> text(Goal goal, double test) {
    if (Double.isNaN(test) || Double.isNaN(figure)) {
      return Optional.empty();
    }
    boolean beaten = goal.isBetter(test, figure);
    return switch (kind) {
      case MAJORITY ->
          beaten
              ? Optional.of("always \"" + answer + "\" would be right for " + rounded())
                  .filter(line -> figure >= WORTH_SAYING)
              : warning(
                  "always answering \""
                      + answer
                      + "\", which is right for "
                      + rounded()
                      + " of the test part");
      case MEAN -> beaten ? Optional.empty() : warning("always answering the mean, " + answer);
      case LINEAR ->
          beaten
              ? Optional.of(String.format(Locale.ROOT, "%-19s %s", "linear model", rounded()))
              : warning("a linear one, whose test " + goal.text() + " is " + rounded());
    };
  }

  private Optional<String> warning(String what) {
    return Optional.of("warning: the model is no better than " + what);
  }

  private String rounded() {
    return Significant.figure(figure);
  }
}
