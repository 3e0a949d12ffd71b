package io.tandem.report.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.disk.Json;
import io.tandem.space.Architecture;
import io.tandem.space.Candidate;
import io.tandem.space.Hyperparameter;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.Schedule;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Architectures and optimizers as JSON, in journals and results. */
public final class CandidateJson {
  private static final String EPSILON = "epsilon";
  private static final String BATCH = "batch";

  private CandidateJson() {}

  /** One object per layer of a network or block of a cell; see {@link ArchitectureJson}. */
  public static ArrayNode write(Architecture architecture) {
    return ArchitectureJson.write(architecture);
  }

  /**
   * An object with {@code family}, {@code schedule} and every hyperparameter by its key, the
   * optional ones where they are not 0; {@code epsilon} and {@code batch} where they are the
   * optimizer's own.
   */
  public static ObjectNode write(OptimizerSettings optimizer) {
    ObjectNode object =
        Json.object()
            .put("family", Json.lower(optimizer.family()))
            .put("schedule", Json.lower(optimizer.schedule()));
    optimizer.told().forEach(each -> object.put(each.key(), optimizer.get(each)));
    optimizer.epsilon().ifPresent(own -> object.put(EPSILON, own));
    optimizer.batch().ifPresent(own -> object.put(BATCH, own));
    return object;
  }

  /** The candidate in the fields {@code architecture} and {@code optimizer}, if it is valid. */
  public static Optional<Candidate> candidate(JsonNode object) {
    try {
      return Optional.of(
          new Candidate(
              architecture(object.path("architecture")), optimizer(object.path("optimizer"))));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /**
   * The architecture in an array as {@link #write(Architecture)} makes it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Architecture architecture(JsonNode array) {
    return ArchitectureJson.read(array);
  }

  private static OptimizerSettings optimizer(JsonNode object) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      if (!hyperparameter.isOptional() || object.has(hyperparameter.key())) {
        values.put(hyperparameter, Json.number(object, hyperparameter.key()));
      }
    }
    OptimizerSettings optimizer =
        new OptimizerSettings(
            Json.choice(OptimizerFamily.class, object, "family"),
            Json.choice(Schedule.class, object, "schedule"),
            values);
    OptimizerSettings known =
        object.has(EPSILON) ? optimizer.withEpsilon(Json.number(object, EPSILON)) : optimizer;
    return object.has(BATCH) ? known.withBatch(object.path(BATCH).asInt()) : known;
  }
}
