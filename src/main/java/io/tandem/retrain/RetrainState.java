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
 * @param members weights and statistics of the networks of an ensemble that are trained already,
 *     one list each
 * @param ends of the trainings of these networks; empty if all had the planned length
 */
public record RetrainState(
    TrainingState training,
    double lossSum,
    long taken,
    List<Double> validationLosses,
    Optional<BestEpoch> best,
    List<List<float[]>> members,
    List<MemberEnd> ends) {
  /** Of a single network, or the first of an ensemble. */
  public RetrainState(
      TrainingState training,
      double lossSum,
      long taken,
      List<Double> validationLosses,
      Optional<BestEpoch> best) {
    this(training, lossSum, taken, validationLosses, best, List.of(), List.of());
  }

  /** Copies the lists. */
  public RetrainState {
    members = List.copyOf(members);
    ends = List.copyOf(ends);
    if (!ends.isEmpty() && ends.size() != members.size()) {
      throw new IllegalArgumentException(ends.size() + " ends of " + members.size() + " networks");
    }
    validationLosses = List.copyOf(validationLosses);
  }
}
