package io.tandem.retrain;

import io.tandem.graph.training.TrainingState;

/**
 * Where a training from scratch stands, in the middle of an epoch or at its end.
 *
 * @param training weights, moments and steps
 * @param lossSum sum of the losses of this epoch's steps that were not dropped
 * @param taken number of those steps
 */
public record RetrainState(TrainingState training, double lossSum, long taken) {}
