package io.tandem.retrain;

import io.tandem.graph.training.TrainingState;
import java.util.Optional;
import java.util.function.Supplier;

/** What a caller does along a training: journal, progress, checkpoints. */
public interface RetrainHooks {
  /** Hooks that do nothing. */
  static RetrainHooks none() {
    return (report, state) -> true;
  }

  /** The state from which to go on, if the training was begun before. */
  default Optional<TrainingState> resume() {
    return Optional.empty();
  }

  /**
   * Called after each epoch.
   *
   * @param report where the training stands
   * @param state makes a copy of everything needed to go on from here; cheap if not asked
   * @return false to stop here
   */
  boolean epoch(EpochReport report, Supplier<TrainingState> state);
}
