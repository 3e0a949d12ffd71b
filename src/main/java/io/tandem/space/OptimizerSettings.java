package io.tandem.space;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A chosen optimizer: one point of an {@link OptimizerSpace}.
 *
 * @param family update rule
 * @param schedule learning-rate schedule
 * @param values a finite value for every {@link Hyperparameter}, in its unit
 */
public record OptimizerSettings(
    OptimizerFamily family, Schedule schedule, Map<Hyperparameter, Double> values) {

  /** Checks completeness and finiteness. */
  public OptimizerSettings {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      Double value = values.get(hyperparameter);
      if (value == null || !Double.isFinite(value)) {
        throw new IllegalArgumentException(hyperparameter.key() + " has no finite value");
      }
    }
  }

  /** The value of a hyperparameter. */
  public double get(Hyperparameter hyperparameter) {
    return Objects.requireNonNull(values.get(hyperparameter));
  }
}
