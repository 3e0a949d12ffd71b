package io.tandem.space;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A chosen optimizer: one point of an {@link OptimizerSpace}.
 *
 * @param family update rule
 * @param schedule learning-rate schedule
 * @param values a finite value for every {@link Hyperparameter}, in its unit; 0 for the optional
 *     ones that are absent
 * @param epsilon term in the denominator of a family with a second moment, positive, if it is not
 *     that of the configuration
 * @param batch rows of a step of a training from scratch, positive, if it is not that of the
 *     configuration
 */
public record OptimizerSettings(
    OptimizerFamily family,
    Schedule schedule,
    Map<Hyperparameter, Double> values,
    Optional<Double> epsilon,
    Optional<Integer> batch) {

  /**
   * A chosen optimizer with the term in the denominator that the configuration has.
   *
   * @param family update rule
   * @param schedule learning-rate schedule
   * @param values a finite value for every {@link Hyperparameter}, in its unit
   */
  public OptimizerSettings(
      OptimizerFamily family, Schedule schedule, Map<Hyperparameter, Double> values) {
    this(family, schedule, values, Optional.empty(), Optional.empty());
  }

  /** Checks completeness, finiteness and the ranges of what something is divided by. */
  public OptimizerSettings {
    Map<Hyperparameter, Double> all = new EnumMap<>(values);
    Hyperparameter.optional().forEach(each -> all.putIfAbsent(each, 0.0));
    values = Collections.unmodifiableMap(all);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      Double value = values.get(hyperparameter);
      if (value == null || !Double.isFinite(value)) {
        throw new IllegalArgumentException(hyperparameter.key() + " has no finite value");
      }
    }
    for (Hyperparameter share : List.of(Hyperparameter.BETA2, Hyperparameter.WARMUP)) {
      double value = all.getOrDefault(share, 0.0);
      if (!(value >= 0 && value < 1)) {
        throw new IllegalArgumentException(share.key() + " is " + value + ", expected 0 up to 1");
      }
    }
    if (epsilon.filter(term -> !(term > 0)).isPresent()) {
      throw new IllegalArgumentException("epsilon is not positive");
    }
    if (batch.filter(rows -> rows < 1).isPresent()) {
      throw new IllegalArgumentException("a batch has a row at least, not " + batch.get());
    }
  }

  /** The value of a hyperparameter. */
  public double get(Hyperparameter hyperparameter) {
    return Objects.requireNonNull(values.get(hyperparameter));
  }

  /** Share of a training that is warm-up where the schedule has one, in (0, 1). */
  public double warmup() {
    double own = get(Hyperparameter.WARMUP);
    return own == 0 ? Schedule.WARMUP : own;
  }

  /** Factor of the schedule on the learning rate at a point of a training. */
  public RateFactor factor(Course course) {
    double warmup = warmup();
    return new RateFactor(schedule.factor(course, warmup), schedule.slope(course, warmup));
  }

  /** Family, schedule, and of the rest what it has: as the events of a journal show it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(family.name().toLowerCase(Locale.ROOT));
    text.append(", ").append(schedule.name().toLowerCase(Locale.ROOT));
    told().forEach(each -> text.append(", ").append(each.key()).append(' ').append(get(each)));
    epsilon.ifPresent(own -> text.append(", epsilon ").append(own));
    batch.ifPresent(own -> text.append(", batch ").append(own));
    return text.toString();
  }

  /** The hyperparameters to tell people about: all but the optional ones that are 0. */
  public List<Hyperparameter> told() {
    return values.keySet().stream().filter(each -> !each.isOptional() || get(each) != 0).toList();
  }

  /** The same with another value of a hyperparameter. */
  public OptimizerSettings with(Hyperparameter hyperparameter, double value) {
    Map<Hyperparameter, Double> changed = new EnumMap<>(values);
    changed.put(hyperparameter, value);
    return new OptimizerSettings(family, schedule, changed, epsilon, batch);
  }

  /** The same with a term of its own in the denominator. */
  public OptimizerSettings withEpsilon(double own) {
    return new OptimizerSettings(family, schedule, values, Optional.of(own), batch);
  }

  /** The same with a batch of its own. */
  public OptimizerSettings withBatch(int own) {
    return new OptimizerSettings(family, schedule, values, epsilon, Optional.of(own));
  }
}
