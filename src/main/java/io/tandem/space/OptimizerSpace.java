package io.tandem.space;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The optimizer task: what the controller chooses after the architecture. A quantity with one
 * possible value is fixed and no decision.
 *
 * @param families update rules to choose from
 * @param schedules learning-rate schedules to choose from
 * @param ranges allowed values of every {@link Hyperparameter}; 0 for the optional ones that are
 *     absent
 * @param familyRanges those of single update rules, where they differ from {@code ranges}
 * @param gridPoints 0 for Gaussian heads; from 2 a categorical grid of that many points per
 *     searched hyperparameter, evenly spaced on its scale, as a comparison
 * @param batchSizes rows of a step of a training from scratch to choose from; empty for that of the
 *     configuration
 */
public record OptimizerSpace(
    List<OptimizerFamily> families,
    List<Schedule> schedules,
    Map<Hyperparameter, Range> ranges,
    Map<OptimizerFamily, Map<Hyperparameter, Range>> familyRanges,
    int gridPoints,
    List<Integer> batchSizes) {

  /** Checks completeness. */
  public OptimizerSpace {
    families = List.copyOf(families);
    schedules = List.copyOf(schedules);
    Map<Hyperparameter, Range> all = new EnumMap<>(Hyperparameter.class);
    Hyperparameter.optional().forEach(each -> all.put(each, Range.fixed(0)));
    all.putAll(ranges);
    ranges = Map.copyOf(all);
    familyRanges = Map.copyOf(familyRanges);
    batchSizes = List.copyOf(batchSizes);
    if (families.isEmpty() || schedules.isEmpty()) {
      throw new IllegalArgumentException("an optimizer space needs a family and a schedule");
    }
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      if (!ranges.containsKey(hyperparameter)) {
        throw new IllegalArgumentException("no range for " + hyperparameter.key());
      }
    }
  }

  /**
   * A space in which all update rules have the same ranges.
   *
   * @param families update rules to choose from
   * @param schedules learning-rate schedules to choose from
   * @param ranges allowed values of every {@link Hyperparameter}
   * @param gridPoints as of the record
   */
  public OptimizerSpace(
      List<OptimizerFamily> families,
      List<Schedule> schedules,
      Map<Hyperparameter, Range> ranges,
      int gridPoints) {
    this(families, schedules, ranges, Map.of(), gridPoints);
  }

  /**
   * A space whose trainings have the batch of the configuration.
   *
   * @param families update rules to choose from
   * @param schedules learning-rate schedules to choose from
   * @param ranges allowed values of every {@link Hyperparameter}
   * @param familyRanges those of single update rules, where they differ from {@code ranges}
   * @param gridPoints as of the record
   */
  public OptimizerSpace(
      List<OptimizerFamily> families,
      List<Schedule> schedules,
      Map<Hyperparameter, Range> ranges,
      Map<OptimizerFamily, Map<Hyperparameter, Range>> familyRanges,
      int gridPoints) {
    this(families, schedules, ranges, familyRanges, gridPoints, List.of());
  }

  /** The space that holds just these settings. */
  public static OptimizerSpace fixed(OptimizerSettings settings) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    settings.values().forEach((name, value) -> ranges.put(name, Range.fixed(value)));
    return new OptimizerSpace(
        List.of(settings.family()),
        List.of(settings.schedule()),
        ranges,
        Map.of(),
        0,
        settings.batch().stream().toList());
  }

  /** The decisions in the order in which the controller makes them; empty if all is fixed. */
  public List<Decision> decisions() {
    List<Decision> all = new ArrayList<>();
    if (families.size() > 1) {
      all.add(new Decision.Categorical("optimizer/family", families.size()));
    }
    if (schedules.size() > 1) {
      all.add(new Decision.Categorical("optimizer/schedule", schedules.size()));
    }
    if (batchSizes.size() > 1) {
      all.add(new Decision.Categorical("optimizer/batch", batchSizes.size()));
    }
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      if (isSearched(hyperparameter)) {
        String name = "optimizer/" + hyperparameter.key();
        all.add(
            gridPoints == 0
                ? new Decision.Continuous(name)
                : new Decision.Categorical(name, gridPoints));
      }
    }
    return List.copyOf(all);
  }

  /** The hyperparameters that Gaussian heads choose, in the order of the decisions. */
  public List<Hyperparameter> continuous() {
    List<Hyperparameter> found = new ArrayList<>();
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      if (gridPoints == 0 && isSearched(hyperparameter)) {
        found.add(hyperparameter);
      }
    }
    return List.copyOf(found);
  }

  /** Whether it is a decision: for one update rule at least it has more than one value. */
  public boolean isSearched(Hyperparameter hyperparameter) {
    return families.stream().anyMatch(family -> !range(family, hyperparameter).isFixed());
  }

  /** Whether it has one value, the same for all update rules. */
  public Optional<Double> fixed(Hyperparameter hyperparameter) {
    Range first = range(families.get(0), hyperparameter);
    return first.isFixed()
            && families.stream().allMatch(family -> range(family, hyperparameter).equals(first))
        ? Optional.of(first.min())
        : Optional.empty();
  }

  /** The allowed values of a hyperparameter of an update rule. */
  public Range range(OptimizerFamily family, Hyperparameter hyperparameter) {
    return Objects.requireNonNullElse(
        familyRanges.getOrDefault(family, Map.of()).get(hyperparameter),
        Objects.requireNonNull(ranges.get(hyperparameter)));
  }
}
