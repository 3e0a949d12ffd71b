package io.tandem.search;

import io.tandem.graph.joint.JointSettings;

/**
 * The outer loop.
 *
 * @param strategy how the space is searched
 * @param budget when it ends
 * @param batch rows of a training batch, positive
 * @param validationBatch rows of a validation batch, positive
 * @param sharedSteps training steps of the shared weights per outer step, not negative
 * @param samples candidates per controller update, positive
 * @param clipOuterNorm largest Euclidean norm of the response gradient of one sample, positive
 * @param penalty reward of a sample that diverged, at most 0
 * @param joint how the child teaches the controller, where they share a graph
 * @param derive how the winner is picked
 */
public record SearchSettings(
    Strategy strategy,
    Budget budget,
    int batch,
    int validationBatch,
    int sharedSteps,
    int samples,
    double clipOuterNorm,
    double penalty,
    JointSettings joint,
    DeriveSettings derive) {
  /** The same with another budget and derivation. */
  public SearchSettings with(Budget otherBudget, DeriveSettings otherDerive) {
    return new SearchSettings(
        strategy,
        otherBudget,
        batch,
        validationBatch,
        sharedSteps,
        samples,
        clipOuterNorm,
        penalty,
        joint,
        otherDerive);
  }

  /** Checks the ranges. */
  public SearchSettings {
    if (batch < 1 || validationBatch < 1 || samples < 1 || sharedSteps < 0) {
      throw new IllegalArgumentException("batches and samples must be positive");
    }
    if (!(clipOuterNorm > 0 && penalty <= 0)) {
      throw new IllegalArgumentException("clipOuterNorm or penalty is out of its range");
    }
  }
}
