package io.tandem.retrain;

import io.tandem.graph.training.TrainingState;
import java.util.List;
import java.util.Optional;

/**
 * Where a training from scratch stands, in the middle of an epoch or at its end.
 *
 * @param training weights, moments and steps
 * @param lossSum sum of the losses of this epoch's steps that were not dropped
 * @param taken number of those steps
 * @param validationLosses of all epochs that have ended; empty where nothing depends on them
 * @param best the best epoch so far; empty before the first and where the last one is kept
 */
public record RetrainState(
    TrainingState training,
    double lossSum,
    long taken,
    List<Double> validationLosses,
    Optional<BestEpoch> best) {
  /** Copies the list. */
  public RetrainState {
    validationLosses = List.copyOf(validationLosses);
  }
}
