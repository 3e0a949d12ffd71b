package io.tandem.space;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The optimizer task: what the controller chooses after the architecture. A quantity with one
 * possible value is fixed and no decision.
 *
 * @param families update rules to choose from
 * @param schedules learning-rate schedules to choose from
 * @param ranges allowed values of every {@link Hyperparameter}
 * @param gridPoints 0 for Gaussian heads; from 2 a categorical grid of that many points per
 *     searched hyperparameter, evenly spaced on its scale, as a comparison
 */
public record OptimizerSpace(
    List<OptimizerFamily> families,
    List<Schedule> schedules,
    Map<Hyperparameter, Range> ranges,
    int gridPoints) {

  /** Checks completeness. */
  public OptimizerSpace {
    families = List.copyOf(families);
    schedules = List.copyOf(schedules);
    ranges = Map.copyOf(ranges);
    if (families.isEmpty() || schedules.isEmpty()) {
      throw new IllegalArgumentException("an optimizer space needs a family and a schedule");
    }
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      if (!ranges.containsKey(hyperparameter)) {
        throw new IllegalArgumentException("no range for " + hyperparameter.key());
      }
    }
  }

  /** The space that holds just these settings. */
  public static OptimizerSpace fixed(OptimizerSettings settings) {
    Map<Hyperparameter, Range> ranges = new EnumMap<>(Hyperparameter.class);
    settings.values().forEach((name, value) -> ranges.put(name, Range.fixed(value)));
    return new OptimizerSpace(List.of(settings.family()), List.of(settings.schedule()), ranges, 0);
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
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      if (!range(hyperparameter).isFixed()) {
        String name = "optimizer/" + hyperparameter.key();
        all.add(
            gridPoints == 0
                ? new Decision.Continuous(name, range(hyperparameter), hyperparameter.scale())
                : new Decision.Categorical(name, gridPoints));
      }
    }
    return List.copyOf(all);
  }

  /** The hyperparameters that Gaussian heads choose, in the order of the decisions. */
  public List<Hyperparameter> continuous() {
    List<Hyperparameter> found = new ArrayList<>();
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      if (gridPoints == 0 && !range(hyperparameter).isFixed()) {
        found.add(hyperparameter);
      }
    }
    return List.copyOf(found);
  }

  /**
   * The value of a grid point.
   *
   * @param hyperparameter a searched one
   * @param index 0..gridPoints-1
   */
  public double gridValue(Hyperparameter hyperparameter, int index) {
    Range range = range(hyperparameter);
    Scale scale = hyperparameter.scale();
    double low = scale.forward(range.min());
    double high = scale.forward(range.max());
    return scale.inverse(low + (high - low) * index / (gridPoints - 1));
  }

  /** The allowed values of a hyperparameter. */
  public Range range(Hyperparameter hyperparameter) {
    return Objects.requireNonNull(ranges.get(hyperparameter));
  }
}
