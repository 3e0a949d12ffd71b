package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.space.Goal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a refinement of the winner's optimizer came to. The losses are those after trainings from
 * scratch on the training part.
 *
 * @param horizon training steps of each training
 * @param steps outer steps done
 * @param bestStep outer steps after which the best values were found; 0 is the start
 * @param lossBefore validation loss with the values that the search found; NaN if it diverged
 * @param lossAfter validation loss with the refined values
 * @param accuracyBefore validation accuracy with the values that the search found, 0..1; of numbers
 *     R²
 * @param accuracyAfter validation accuracy with the refined values, 0..1
 * @param changes what was refined, by its key, in order
 */
public record Refinement(
    long horizon,
    long steps,
    long bestStep,
    double lossBefore,
    double lossAfter,
    double accuracyBefore,
    double accuracyAfter,
    Map<String, Change> changes) {

  /**
   * A refined hyperparameter.
   *
   * @param before value that the search found, in its unit
   * @param after refined value
   */
  public record Change(double before, double after) {}

  /** Copies the map, in its order. */
  public Refinement {
    changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
  }

  /** An object with flat, dotted keys; the values under {@code values}. */
  public ObjectNode toJson(Goal goal) {
    ObjectNode object =
        Json.object()
            .put("horizon", horizon)
            .put("steps", steps)
            .put("best.step", bestStep)
            .put("validation.loss.before", lossBefore)
            .put("validation.loss.after", lossAfter)
            .put("validation." + goal.score() + ".before", accuracyBefore)
            .put("validation." + goal.score() + ".after", accuracyAfter);
    ObjectNode values = object.putObject("values");
    changes.forEach(
        (key, change) ->
            values.putObject(key).put("before", change.before()).put("after", change.after()));
    return object;
  }

  /** The refinement as it was stored. */
  public static Refinement fromJson(JsonNode object, Goal goal) {
    Map<String, Change> changes = new LinkedHashMap<>();
    object
        .path("values")
        .properties()
        .forEach(
            entry ->
                changes.put(
                    entry.getKey(),
                    new Change(
                        Json.number(entry.getValue(), "before"),
                        Json.number(entry.getValue(), "after"))));
    return new Refinement(
        object.path("horizon").asLong(),
        object.path("steps").asLong(),
        object.path("best.step").asLong(),
        Json.number(object, "validation.loss.before"),
        Json.number(object, "validation.loss.after"),
        Json.number(object, "validation." + goal.score() + ".before"),
        Json.number(object, "validation." + goal.score() + ".after"),
        changes);
  }

  /** For people: horizon and best step, then a line for the losses and one for every value. */
  public String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "refined over %d training steps, best after outer step %d of %d%n"
                    + "  validation loss %.5g -> %.5g%n",
                horizon,
                bestStep,
                steps,
                lossBefore,
                lossAfter));
    changes.forEach(
        (key, change) ->
            text.append(
                String.format(
                    Locale.ROOT, "  %-15s %.4g -> %.4g%n", key, change.before(), change.after())));
    return text.toString();
  }
}
