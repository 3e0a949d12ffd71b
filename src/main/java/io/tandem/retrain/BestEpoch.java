package io.tandem.retrain;

import io.tandem.graph.training.TrainingState;

/**
 * The epoch of a training after which the validation loss was the lowest so far, and all that the
 * training consisted of then (early stopping, Prechelt 1998, which ends the training only where
 * {@link RetrainSettings#patience} says so: the learning rate follows its schedule to the end,
 * where the loss is often best).
 *
 * @param epoch its number, the first being 1
 * @param loss its calibrated validation loss
 * @param training weights and what belongs to them
 */
public record BestEpoch(long epoch, double loss, TrainingState training) {
  /** Says that it is kept. */
  public String text() {
    return "kept the weights after epoch " + epoch + ", where the validation loss is lowest";
  }
}
