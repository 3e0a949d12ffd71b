package io.tandem.graph.training;

import java.util.List;

/**
 * Everything that a training needs to go on with the same bits.
 *
 * @param step steps done, counting those that were dropped
 * @param dropped steps that were dropped because a number was not finite
 * @param tensors weights, then first, then second moments, then statistics
 */
public record TrainingState(long step, long dropped, List<float[]> tensors) {
  /** Copies the list. */
  public TrainingState {
    tensors = List.copyOf(tensors);
    if (step < 0 || dropped < 0 || dropped > step) {
      throw new IllegalArgumentException("dropped " + dropped + " of " + step + " steps");
    }
  }
}
