package io.tandem.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tandem.space.Activation;
import io.tandem.space.Architecture;
import io.tandem.space.Candidate;
import io.tandem.space.ConvolutionOperation;
import io.tandem.space.Hyperparameter;
import io.tandem.space.MacroArchitecture;
import io.tandem.space.MomentConstants;
import io.tandem.space.OptimizerFamily;
import io.tandem.space.OptimizerSettings;
import io.tandem.space.PerceptronArchitecture;
import io.tandem.space.Schedule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Architectures and optimizers as JSON, in journals and results. */
public final class CandidateJson {
  private static final String BETA2 = "beta2";
  private static final String EPSILON = "epsilon";
  private static final String OPERATION = "operation";
  private static final String ADDS = "adds";

  private CandidateJson() {}

  /**
   * One object per layer, from the input on: {@code units}, {@code activation}, {@code dropout} and
   * {@code adds} of a perceptron, {@code operation} and {@code adds} of a macro network.
   */
  public static ArrayNode write(Architecture architecture) {
    return architecture.match(
        CandidateJson::perceptron,
        CandidateJson::macro,
        micro -> {
          throw new IllegalArgumentException("micro networks are not there yet");
        });
  }

  private static ArrayNode macro(MacroArchitecture architecture) {
    ArrayNode layers = Json.object().arrayNode();
    for (MacroArchitecture.Layer layer : architecture.layers()) {
      ArrayNode adds = layers.addObject().put(OPERATION, layer.operation().key()).putArray(ADDS);
      layer.skips().forEach(adds::add);
    }
    return layers;
  }

  private static ArrayNode perceptron(PerceptronArchitecture architecture) {
    ArrayNode layers = Json.object().arrayNode();
    for (PerceptronArchitecture.Layer layer : architecture.layers()) {
      ArrayNode adds =
          layers
              .addObject()
              .put("units", layer.units())
              .put("activation", lower(layer.activation()))
              .put("dropout", layer.dropout())
              .putArray(ADDS);
      layer.skips().forEach(adds::add);
    }
    return layers;
  }

  /**
   * An object with {@code family}, {@code schedule} and every hyperparameter by its key; {@code
   * beta2} and {@code epsilon} where they are the optimizer's own.
   */
  public static ObjectNode write(OptimizerSettings optimizer) {
    ObjectNode object =
        Json.object()
            .put("family", lower(optimizer.family()))
            .put("schedule", lower(optimizer.schedule()));
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      object.put(hyperparameter.key(), optimizer.get(hyperparameter));
    }
    optimizer
        .constants()
        .ifPresent(own -> object.put(BETA2, own.beta2()).put(EPSILON, own.epsilon()));
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
    if (array.path(0).has(OPERATION)) {
      List<MacroArchitecture.Layer> layers = new ArrayList<>();
      for (JsonNode layer : array) {
        layers.add(
            new MacroArchitecture.Layer(
                choice(ConvolutionOperation.class, layer, OPERATION), adds(layer)));
      }
      return new MacroArchitecture(layers);
    }
    List<PerceptronArchitecture.Layer> layers = new ArrayList<>();
    for (JsonNode layer : array) {
      layers.add(
          new PerceptronArchitecture.Layer(
              layer.path("units").asInt(),
              choice(Activation.class, layer, "activation"),
              layer.path("dropout").asDouble(),
              adds(layer)));
    }
    return new PerceptronArchitecture(layers);
  }

  private static List<Integer> adds(JsonNode layer) {
    List<Integer> adds = new ArrayList<>();
    layer.path(ADDS).forEach(index -> adds.add(index.asInt()));
    return adds;
  }

  private static OptimizerSettings optimizer(JsonNode object) {
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      values.put(hyperparameter, Json.number(object, hyperparameter.key()));
    }
    OptimizerSettings optimizer =
        new OptimizerSettings(
            choice(OptimizerFamily.class, object, "family"),
            choice(Schedule.class, object, "schedule"),
            values);
    return object.has(BETA2)
        ? optimizer.with(
            new MomentConstants(Json.number(object, BETA2), Json.number(object, EPSILON)))
        : optimizer;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The constant that a field names in lower case. */
  private static <E extends Enum<E>> E choice(Class<E> type, JsonNode object, String key) {
    String found = object.path(key).asText();
    List<String> allowed = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (lower(constant).equals(found)) {
        return constant;
      }
      allowed.add(lower(constant));
    }
    throw new IllegalArgumentException(
        key + " \"" + found + "\" is not known, expected " + String.join(", ", allowed));
  }
}
