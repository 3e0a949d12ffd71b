package io.tandem.retrain;

import io.tandem.graph.training.Score;

/**
 * Where a training stands after an epoch.
 *
 * @param epoch epochs done
 * @param epochs epochs of the whole training; the last may be shorter
 * @param examples training examples seen
 * @param trainingLoss mean training loss of the steps of this epoch that were not dropped
 * @param validation score on the validation part; not measured if it is trained on
 * @param dropped steps dropped so far because a number was not finite
 * @param last whether the training ends with it
 */
public record EpochReport(
    long epoch,
    long epochs,
    long examples,
    double trainingLoss,
    Score validation,
    long dropped,
    boolean last) {}
