package io.tandem.search.plan;

import io.tandem.graph.joint.JointSettings;
import java.util.List;

/**
 * The outer loop.
 *
 * @param strategy how the space is searched
 * @param budget when it ends
 * @param batch rows of a training batch, positive
 * @param validationBatch rows of a validation batch, positive
 * @param sharedSteps training steps of the shared weights per outer step, not negative
 * @param sharedOptimizer what trains the shared weights of strategy {@code joint}
 * @param samples candidates per controller update, positive
 * @param clipOuterNorm largest Euclidean norm of the response part of a controller step's gradient,
 *     positive
 * @param penalty added, for a sample that diverged, to the worst reward of its step, at most 0
 * @param joint how the child teaches the controller, where they share a graph
 * @param derive how the winner is picked
 * @param halving rungs of the strategies that train the best candidates further
 * @param firstShare share of the budget for the first search of strategies that consist of two,
 *     between 0 and 1
 */
public record SearchSettings(
    Strategy strategy,
    Budget budget,
    int batch,
    int validationBatch,
    int sharedSteps,
    SharedOptimizer sharedOptimizer,
    int samples,
    double clipOuterNorm,
    double penalty,
    JointSettings joint,
    DeriveSettings derive,
    HalvingSettings halving,
    double firstShare) {
  /** The same with another budget and derivation. */
  public SearchSettings with(
      Budget otherBudget, DeriveSettings otherDerive, HalvingSettings otherHalving) {
    return with(strategy, otherBudget, otherDerive, otherHalving);
  }

  /**
   * The searches that the strategy consists of, in order, each with its part of the budget; these
   * settings alone unless there are two.
   */
  public List<SearchSettings> stages() {
    List<Strategy> searches = strategy.stages();
    return searches.size() == 1
        ? List.of(this)
        : List.of(
            with(searches.get(0), budget.first(firstShare), derive, halving),
            with(searches.get(1), budget.second(firstShare), derive, halving));
  }

  private SearchSettings with(
      Strategy otherStrategy,
      Budget otherBudget,
      DeriveSettings otherDerive,
      HalvingSettings otherHalving) {
    return new SearchSettings(
        otherStrategy,
        otherBudget,
        batch,
        validationBatch,
        sharedSteps,
        sharedOptimizer,
        samples,
        clipOuterNorm,
        penalty,
        joint,
        otherDerive,
        otherHalving,
        firstShare);
  }

  /** Checks the ranges. */
  public SearchSettings {
    if (batch < 1 || validationBatch < 1 || samples < 1 || sharedSteps < 0) {
      throw new IllegalArgumentException("batches and samples must be positive");
    }
    if (!(firstShare > 0 && firstShare < 1)) {
      throw new IllegalArgumentException("firstShare must lie between 0 and 1");
    }
    if (!(clipOuterNorm > 0 && penalty <= 0)) {
      throw new IllegalArgumentException("clipOuterNorm or penalty is out of its range");
    }
  }
}
