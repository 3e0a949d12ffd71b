package io.tandem.retrain;

import io.tandem.graph.training.Score;
import io.tandem.graph.training.TrainingState;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps the best epoch of a training, by its calibrated validation loss. */
final class EpochKeeper {
  private final boolean wanted;
  private Optional<BestEpoch> best = Optional.empty();

  /**
   * Makes a keeper.
   *
   * @param wanted whether the best epoch is kept; otherwise nothing is done
   */
  EpochKeeper(boolean wanted) {
    this.wanted = wanted;
  }

  /** The best epoch so far. */
  Optional<BestEpoch> best() {
    return best;
  }

  /** Goes on from a stored state. */
  void resume(Optional<BestEpoch> stored) {
    best = stored;
  }

  /**
   * Keeps an epoch if it is better than those before it.
   *
   * @param epoch its number
   * @param validation its score; one whose loss is not finite is never kept
   * @param state makes a copy of the training
   */
  void after(long epoch, Score validation, Supplier<TrainingState> state) {
    double loss = validation.calibrated();
    if (wanted && loss < best.map(BestEpoch::loss).orElse(Double.POSITIVE_INFINITY)) {
      best = Optional.of(new BestEpoch(epoch, loss, state.get()));
    }
  }

  /**
   * Puts the best epoch into the training, if it is not where the training is.
   *
   * @param restore puts a state into the training
   * @param step where the training is
   * @param hooks are told
   */
  void keep(Consumer<TrainingState> restore, long step, RetrainHooks hooks) {
    best.filter(epoch -> epoch.training().step() < step)
        .ifPresent(
            epoch -> {
              restore.accept(epoch.training());
              hooks.kept(epoch);
            });
  }
}
