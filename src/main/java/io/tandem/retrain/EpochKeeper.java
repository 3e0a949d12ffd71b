package io.tandem.retrain;

import io.tandem.graph.training.Score;
import io.tandem.graph.training.TrainingState;
import io.tandem.report.EarlyEnd;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps the best epoch of a training, by its calibrated validation loss. */
final class EpochKeeper {
  private final boolean wanted;
  private final int patience;
  private long last;
  private Optional<BestEpoch> best = Optional.empty();

  /**
   * Makes a keeper.
   *
   * @param settings say whether the best epoch is kept, otherwise nothing is done, and how many
   *     epochs without a better one end the training
   */
  EpochKeeper(RetrainSettings settings) {
    wanted = settings.keepBest();
    patience = settings.patience();
  }

  /** The best epoch so far. */
  Optional<BestEpoch> best() {
    return best;
  }

  /**
   * Goes on from a stored state.
   *
   * @param stored the best epoch
   * @param epochs that were done
   */
  void resume(Optional<BestEpoch> stored, long epochs) {
    best = stored;
    last = epochs;
  }

  /** Returns true if the training ends, because no epoch has been better for long enough. */
  boolean isExhausted() {
    return patience > 0 && last - bestEpoch() >= patience;
  }

  /**
   * The end of the training.
   *
   * @param epochs planned
   */
  EarlyEnd end(long epochs) {
    return new EarlyEnd(1, 1, last, epochs, bestEpoch());
  }

  private long bestEpoch() {
    return best.map(BestEpoch::epoch).orElse(0L);
  }

  /**
   * Keeps an epoch if it is better than those before it.
   *
   * @param epoch its number
   * @param validation its score; one whose loss is not finite is never kept
   * @param state makes a copy of the training
   */
  void after(long epoch, Score validation, Supplier<TrainingState> state) {
    last = epoch;
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
