package io.tandem.retrain;

import io.tandem.graph.training.TrainingState;
import java.util.List;

/**
 * Where a training from scratch stands, in the middle of an epoch or at its end.
 *
 * @param training weights, moments and steps
 * @param lossSum sum of the losses of this epoch's steps that were not dropped
 * @param taken number of those steps
 * @param validationLosses of all epochs that have ended; empty where nothing depends on them
 */
public record RetrainState(
    TrainingState training, double lossSum, long taken, List<Double> validationLosses) {
  /** Copies the list. */
  public RetrainState {
    validationLosses = List.copyOf(validationLosses);
  }

  /** A training that does not depend on its validation losses. */
  public RetrainState(TrainingState training, double lossSum, long taken) {
    this(training, lossSum, taken, List.of());
  }
}
