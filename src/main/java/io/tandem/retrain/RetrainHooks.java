package io.tandem.retrain;

import io.tandem.graph.training.TrainingState;
import io.tandem.report.EarlyEnd;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a caller does along a training: journal, progress, checkpoints. */
public interface RetrainHooks {
  /** Hooks that do nothing. */
  static RetrainHooks none() {
    return report -> {};
  }

  /**
   * The state from which to go on, if the training was begun before.
   *
   * @param restore puts it into the training; throws if it is not one of this training
   */
  default Optional<RetrainState> resume(Consumer<TrainingState> restore) {
    return Optional.empty();
  }

  /**
   * Share of the time that the training may take which is spent, 0 to 1. The schedule goes by it
   * where it is ahead of the examples, and at 1 the training ends, after one step at least.
   *
   * @param examples that this process has trained on
   */
  default double timeShare(long examples) {
    return 0;
  }

  /**
   * Called after each epoch.
   *
   * @param report where the training stands
   */
  void epoch(EpochReport report);

  /**
   * Called at the end if it is before the planned one, not because of {@link #timeShare} but of the
   * validation loss.
   *
   * @param end when and why
   */
  default void ended(EarlyEnd end) {}

  /**
   * Called at the end if an earlier epoch than the last is kept.
   *
   * @param epoch the one that is kept
   */
  default void kept(BestEpoch epoch) {}

  /**
   * Called after each step; where an epoch ends with it, after {@link #epoch}.
   *
   * @param step steps done, counting those that were dropped
   * @param state makes a copy of everything needed to go on from here; costs nothing if not asked
   * @return false to stop here
   */
  default boolean step(long step, Supplier<RetrainState> state) {
    return true;
  }
}
