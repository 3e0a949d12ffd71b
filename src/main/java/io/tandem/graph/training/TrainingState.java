package io.tandem.graph.training;

import java.util.List;

/**
 * Everything that a training needs to go on with the same bits.
 *
 * @param step steps done, counting those that were dropped
 * @param dropped steps that were dropped because a number was not finite
 * @param averaged steps whose weights the averages are the mean of; 0 for none
 * @param tensors weights, then first, then second moments, then statistics; of a language model
 *     averages and the recurrent state instead of those
 */
public record TrainingState(long step, long dropped, long averaged, List<float[]> tensors) {
  /** Copies the list. */
  public TrainingState {
    tensors = List.copyOf(tensors);
    if (step < 0 || dropped < 0 || averaged < 0 || dropped + averaged > step) {
      throw new IllegalArgumentException(
          "dropped " + dropped + " and averaged " + averaged + " of " + step + " steps");
    }
  }

  /** The same at another step. */
  public TrainingState at(long other) {
    return new TrainingState(other, dropped, averaged, tensors);
  }

  /** A training without averages. */
  public TrainingState(long step, long dropped, List<float[]> tensors) {
    this(step, dropped, 0, tensors);
  }
}
