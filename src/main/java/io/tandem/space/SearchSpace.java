package io.tandem.space;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Architecture task and optimizer task together.
 *
 * @param architecture the networks
 * @param optimizer the ways of training them
 * @param shared how weights that all networks share are trained, whatever optimizer is chosen;
 *     empty if with the chosen ones, or if none are shared
 */
public record SearchSpace(
    ArchitectureSpace architecture, OptimizerSpace optimizer, Optional<OptimizerSettings> shared) {
  /**
   * A space whose candidates are trained with their own optimizers.
   *
   * @param architecture the networks
   * @param optimizer the ways of training them
   */
  public SearchSpace(ArchitectureSpace architecture, OptimizerSpace optimizer) {
    this(architecture, optimizer, Optional.empty());
  }

  /** The same with an optimizer that trains the shared weights. */
  public SearchSpace sharedBy(OptimizerSettings other) {
    return new SearchSpace(architecture, optimizer, Optional.of(other));
  }

  /** The update rules that a graph needs for this space: those to choose from come first. */
  public List<OptimizerFamily> families() {
    return Stream.concat(
            optimizer.families().stream(), shared.stream().map(OptimizerSettings::family))
        .distinct()
        .toList();
  }

  /** Whether a hyperparameter is 0 in every training, so that a graph can do without it. */
  public boolean isAlwaysZero(Hyperparameter hyperparameter) {
    return optimizer.fixed(hyperparameter).equals(Optional.of(0.0))
        && shared.stream().allMatch(settings -> settings.get(hyperparameter) == 0);
  }

  /** All decisions, architecture first. */
  public List<Decision> decisions() {
    return Stream.concat(architecture.decisions().stream(), optimizer.decisions().stream())
        .toList();
  }

  /** Natural logarithm of the number of discrete points. */
  public double logSize() {
    double log = 0;
    for (Decision decision : decisions()) {
      if (decision instanceof Decision.Categorical categorical) {
        log += Math.log(categorical.options());
      } else if (decision instanceof Decision.Skips skips) {
        log += skips.earlier() * Math.log(2);
      }
    }
    return log;
  }

  /** The candidate that these choices stand for. */
  public Candidate decode(Choices choices) {
    Iterator<Integer> discrete = choices.discrete().iterator();
    Iterator<Double> continuous = choices.continuous().iterator();
    Architecture network = architecture.decode(discrete);
    OptimizerFamily family = optimizer.families().get(choose(optimizer.families(), discrete));
    Schedule schedule = optimizer.schedules().get(choose(optimizer.schedules(), discrete));
    List<Integer> sizes = optimizer.batchSizes();
    Optional<Integer> batch =
        sizes.isEmpty() ? Optional.empty() : Optional.of(sizes.get(choose(sizes, discrete)));
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter hyperparameter : Hyperparameter.values()) {
      Range range = optimizer.range(family, hyperparameter);
      double share = 0;
      if (optimizer.isSearched(hyperparameter)) {
        share =
            optimizer.gridPoints() > 0
                ? (double) discrete.next() / (optimizer.gridPoints() - 1)
                : continuous.next();
      }
      values.put(hyperparameter, hyperparameter.scale().at(range, share));
    }
    return new Candidate(
        network, new OptimizerSettings(family, schedule, values, Optional.empty(), batch));
  }

  /**
   * The derivative of every continuous hyperparameter by the share that was chosen for it.
   *
   * @param chosen optimizer of a candidate of this space
   * @return in the order of {@link OptimizerSpace#continuous}
   */
  public double[] slopes(OptimizerSettings chosen) {
    return optimizer.continuous().stream()
        .mapToDouble(
            hyperparameter ->
                hyperparameter
                    .scale()
                    .slope(
                        optimizer.range(chosen.family(), hyperparameter),
                        chosen.get(hyperparameter)))
        .toArray();
  }

  private static int choose(List<?> options, Iterator<Integer> discrete) {
    return options.size() > 1 ? discrete.next() : 0;
  }
}
